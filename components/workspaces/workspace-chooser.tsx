'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { startTransition, useEffect, useOptimistic } from 'react';
import type { Bilingual } from '@/lib/answer/comparison.ts';
import { useTexts } from '../language.tsx';
import { rememberWorkspace, useChooseWorkspace } from './choose.ts';
import { useShownWorkspace } from './shown-workspace.tsx';
import { useWorkspacesTexts } from './texts.ts';

export interface WorkspaceName {
  readonly name: string;
  readonly title: Bilingual;
}

/** The workspace that the page below is about; choosing another opens the same page about that one. */
export function WorkspaceChooser({ workspaces }: { workspaces: readonly WorkspaceName[] }) {
  const { language } = useTexts();
  const texts = useWorkspacesTexts();
  const path = usePathname();
  const named = useSearchParams().get('workspace');
  const choose = useChooseWorkspace();
  const shown = useShownWorkspace();
  // What was picked here stands until its page, or whichever came instead, has reported.
  const [current, pick] = useOptimistic(shown);
  const isKnown = (wanted: string) => workspaces.some(({ name }) => name === wanted);
  const arrived = named === shown && isKnown(shown);
  // Who came by a link stays with its workspace on the pages that follow.
  useEffect(() => {
    if (arrived) rememberWorkspace(shown);
  }, [arrived, shown]);
  return (
    <select
      aria-label={texts.chooser}
      title={texts.chooser}
      value={current}
      onChange={({ target: { value } }) =>
        startTransition(() => {
          pick(value);
          choose(value, path);
        })
      }
      className="order-last h-10 w-full min-w-0 truncate rounded-full sm:h-9 sm:w-auto sm:max-w-44 lg:order-none border border-edge bg-transparent px-3 text-sm font-medium hover:border-ink focus-visible:rounded-full [&>option]:bg-paper [&>option]:text-ink"
    >
      {!isKnown(current) && <option value={current}>{current}</option>}
      {workspaces.map(({ name, title }) => (
        <option key={name} value={name}>
          {title[language]}
        </option>
      ))}
    </select>
  );
}
