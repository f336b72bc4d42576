'use client';
import { useEffect, useRef, useState } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import { announcement, type Phases } from './announcement.ts';
import type { ComparisonState } from './comparison-state.ts';
import { useTexts } from './language.tsx';

/**
 * Tells a screen reader what the panes show: once when the answers begin and once as each ends, not token by token.
 */
export function Announcer({ arms, state: { panes } }: { arms: readonly ApproachId[]; state: ComparisonState }) {
  const { language } = useTexts();
  const [said, setSaid] = useState('');
  const before = useRef<Phases>({});
  useEffect(() => {
    const sentences = announcement(arms, panes, before.current, language);
    before.current = { ...before.current, ...Object.fromEntries(arms.map((arm) => [arm, panes[arm]?.phase])) };
    if (sentences !== '') setSaid(sentences);
  }, [arms, panes, language]);
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {said}
    </div>
  );
}
