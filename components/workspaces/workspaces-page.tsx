'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { DEFAULT_WORKSPACE, type WorkspaceView } from '@/lib/messages/workspaces.ts';
import { useFocusNext } from '../focus-back.ts';
import { PageHeading } from '../page-heading.tsx';
import { Problem } from '../training/controls.tsx';
import { useChooseWorkspace } from './choose.ts';
import { ImportForm } from './import-form.tsx';
import { MakeForm } from './make-form.tsx';
import { listWorkspaces } from './requests.ts';
import { useReportWorkspace } from './shown-workspace.tsx';
import { useWorkspacesTexts } from './texts.ts';
import { WorkspaceRow } from './workspace-row.tsx';

/** Workspaces: listed, chosen, made, shared. */
export function WorkspacesPage({ served, chosen }: { served: readonly WorkspaceView[]; chosen: string }) {
  const texts = useWorkspacesTexts();
  useReportWorkspace(chosen);
  const router = useRouter();
  const choose = useChooseWorkspace();
  const [workspaces, setWorkspaces] = useState(served);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const refresh = useCallback(async () => {
    const outcome = await listWorkspaces();
    if ('problem' in outcome) return setProblem(outcome.problem);
    setProblem(null);
    setWorkspaces(outcome.value.workspaces);
    // The chooser of the layout lists them as well.
    router.refresh();
  }, [router]);
  const list = useRef<HTMLUListElement>(null);
  const next = useFocusNext(workspaces, ({ name }) => name, list);
  return (
    <>
      <PageHeading title={texts.headline} lead={texts.lead} />
      {problem && <Problem problem={problem} />}
      <section aria-label={texts.list} className="bg-paper px-5 shadow-[0_1px_0_var(--edge),0_14px_32px_-22px_var(--shade)] sm:px-8">
        <ul ref={list} tabIndex={-1} className="outline-none">
          {workspaces.map((workspace) => (
            <WorkspaceRow
              key={workspace.name}
              workspace={workspace}
              inUse={workspace.name === chosen}
              onUse={() => choose(workspace.name, '/workspaces')}
              onChanged={() => void refresh()}
              button={next.button(workspace.name)}
              onRemoved={() => {
                next.leave(workspace.name);
                setWorkspaces((before) => before.filter(({ name }) => name !== workspace.name));
                if (workspace.name === chosen) choose(DEFAULT_WORKSPACE, '/workspaces');
                void refresh();
              }}
            />
          ))}
        </ul>
      </section>
      <Block title={texts.make.title} lead={texts.make.lead}>
        <MakeForm taken={workspaces.map(({ name }) => name)} onMade={refresh} onUse={(name) => choose(name, '/')} />
      </Block>
      <Block title={texts.take.title} lead={texts.take.lead}>
        <ImportForm onMade={refresh} onUse={(name) => choose(name, '/')} />
      </Block>
    </>
  );
}

function Block({ title, lead, children }: { title: string; lead: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="mt-14">
      <h2 className="text-[clamp(1.7rem,3vw,2.4rem)] font-bold leading-tight tracking-tight">{title}</h2>
      <p className="mt-1 max-w-[60ch] font-text text-lg text-pretty">{lead}</p>
      <div className="mt-4 bg-paper px-5 pb-6 pt-1 shadow-[0_1px_0_var(--edge),0_14px_32px_-22px_var(--shade)] sm:px-8">{children}</div>
    </section>
  );
}
