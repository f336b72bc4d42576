'use client';
import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { ownTimeZone, remember } from './preferences.ts';

const TimeZone = createContext('UTC');

/** Where the reader's days begin and end. */
export const useTimeZone = (): string => useContext(TimeZone);

/** A computer that is carried to another zone says nothing of it. */
const never = () => () => undefined;

/**
 * The first frame is in the zone that the server drew it in, or its dates would not be those that come to life; the next one in the reader's own, which is kept
 * for the server as language and theme are, so that it draws in that from then on.
 */
export function TimeZoneProvider({ served, children }: { served: string; children: ReactNode }) {
  const zone = useSyncExternalStore(never, ownTimeZone, () => served);
  useEffect(() => {
    if (zone !== served) remember('time-zone', zone);
  }, [zone, served]);
  return <TimeZone value={zone}>{children}</TimeZone>;
}
