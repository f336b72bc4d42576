'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { Bilingual } from '@/lib/answer/comparison.ts';
import { useTexts } from '../language.tsx';
import { rememberWorkspace, useChooseWorkspace } from './choose.ts';
import { useWorkspacesTexts } from './texts.ts';

export interface WorkspaceName {
  readonly name: string;
  readonly title: Bilingual;
}

/** The workspace that all pages are about. What the address names comes before what was chosen last. */
export function WorkspaceChooser({ workspaces, kept }: { workspaces: readonly WorkspaceName[]; kept: string }) {
  const { language } = useTexts();
  const texts = useWorkspacesTexts();
  const path = usePathname();
  const named = useSearchParams().get('workspace');
  const choose = useChooseWorkspace();
  const [chosen, setChosen] = useState(kept);
  /** What was picked here, shown until its page has come. */
  const [picked, setPicked] = useState<{ readonly name: string; readonly from: string | null } | null>(null);
  const current = picked?.from === named ? picked.name : (named ?? chosen);
  const known = workspaces.some(({ name }) => name === current);
  // Who came by a link stays with its workspace on the pages that follow.
  useEffect(() => {
    if (named === null || !known) return;
    rememberWorkspace(named);
    setChosen(named);
  }, [named, known]);
  return (
    <select
      aria-label={texts.chooser}
      title={texts.chooser}
      value={current}
      onChange={(event) => {
        setPicked({ name: event.target.value, from: named });
        choose(event.target.value, path);
      }}
      className="order-last h-10 w-full min-w-0 truncate rounded-full sm:h-9 sm:w-auto sm:max-w-44 lg:order-none border border-edge bg-transparent px-3 text-sm font-medium hover:border-ink focus-visible:rounded-full [&>option]:bg-paper [&>option]:text-ink"
    >
      {!known && <option value={current}>{current}</option>}
      {workspaces.map(({ name, title }) => (
        <option key={name} value={name}>
          {title[language]}
        </option>
      ))}
    </select>
  );
}
