'use client';
import { useSearchParams } from 'next/navigation';
import { createContext, useContext, useLayoutEffect, useState, type ReactNode } from 'react';
import { WORKSPACE_NAME } from '@/lib/messages/workspaces.ts';

const ShownWorkspace = createContext<{ readonly shown: string; readonly report: (name: string) => void }>({ shown: '', report: () => undefined });

/**
 * Which workspace the open page is about, for the header, which is drawn once for all pages. Each page reports its own: neither the
 * cookie, which another tab changes, nor the address, which may be a bare one from the browser's history, tells it for sure.
 */
export function ShownWorkspaceProvider({ kept, children }: { kept: string; children: ReactNode }) {
  const named = useSearchParams().get('workspace');
  // Only until the first page reports: by the rule that the server chose it by.
  const [shown, report] = useState(named !== null && WORKSPACE_NAME.test(named) ? named : kept);
  return <ShownWorkspace value={{ shown, report }}>{children}</ShownWorkspace>;
}

export const useShownWorkspace = (): string => useContext(ShownWorkspace).shown;

/** Called by each page with the workspace it is about; before it is painted, so that the header never names another one. */
export function useReportWorkspace(name: string): void {
  const { report } = useContext(ShownWorkspace);
  useLayoutEffect(() => report(name), [report, name]);
}
