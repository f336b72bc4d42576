'use client';
import { useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { ExampleList, ExampleRow } from '@/lib/messages/examples.ts';
import { useFocusBack, useFocusOnceUndone } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { ConfirmButton, FIELD, Problem, SecondaryButton, TextButton } from './controls.tsx';
import { ExampleColumn } from './example-column.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { addExample, exportAddress, removeExample, restoreExamples } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

interface ExamplesPanelProps {
  readonly workspace: string;
  readonly served: { readonly train: ExampleList; readonly heldOut: ExampleList } | null;
  readonly counts: ExampleList['counts'] | null;
  readonly edited: boolean;
  /** Something was changed: the counts are old. */
  readonly onChanged: () => void;
  readonly version: number;
}

/** What is taught, and beside it what is only asked at the end. */
export function ExamplesPanel({ workspace, served, counts, edited, onChanged, version }: ExamplesPanelProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().examples;
  const [search, setSearch] = useState('');
  const [importing, setImporting] = useState(false);
  // What was done last: one that was removed can be brought back.
  const [done, setDone] = useState<{ readonly removed: ExampleRow } | { readonly said: string } | null>(null);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [bringing, setBringing] = useState(false);
  // The button that undoes cannot be used meanwhile, and goes when it is done.
  const told = useFocusBack<HTMLDivElement>(bringing);
  const pressRestore = useFocusOnceUndone(edited, told);
  // Pressed twice, the second time it would be gone already, or there twice.
  const leaving = useRef(new Set<string>());

  const remove = async (row: ExampleRow): Promise<boolean> => {
    if (leaving.current.has(row.id)) return false;
    leaving.current.add(row.id);
    setProblem(null);
    const outcome = await removeExample(workspace, row.id);
    leaving.current.delete(row.id);
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return false;
    }
    setDone({ removed: outcome.value.removed });
    onChanged();
    return true;
  };
  const bringBack = async (removed: ExampleRow) => {
    const { id: _id, factId: _fact, ...draft } = removed;
    setBringing(true);
    setProblem(null);
    const outcome = await addExample(workspace, draft);
    setBringing(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    // Another one may have been removed meanwhile.
    setDone((now) => (now && 'removed' in now && now.removed === removed ? { said: texts.broughtBack(draft.question) } : now));
    onChanged();
  };
  const restore = async () => {
    pressRestore();
    setProblem(null);
    const outcome = await restoreExamples(workspace);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setDone({ said: texts.restored });
    onChanged();
  };

  return (
    <section aria-labelledby="examples-heading" className="mt-20">
      <div className="grid items-end gap-x-12 gap-y-3 lg:grid-cols-2">
        <h2 id="examples-heading" className="text-[clamp(2rem,4.4vw,3.4rem)] font-bold leading-none tracking-[-0.03em] [font-stretch:88%]">
          {texts.title}
        </h2>
        <p className="max-w-[52ch] font-text text-lg leading-relaxed text-pretty">{texts.lead}</p>
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-2">
        <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} aria-label={texts.search} placeholder={texts.search} className={`${FIELD} max-w-md grow basis-64`} />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 sm:ml-auto">
          <SecondaryButton onClick={() => setImporting(true)}>{texts.import}</SecondaryButton>
          <span className="text-sm text-soft">{texts.export}</span>
          {(['jsonl', 'csv'] as const).map((kind) => (
            <a key={kind} href={exportAddress(workspace, kind)} download className="grid min-h-11 items-center font-medium underline decoration-edge underline-offset-4 hover:decoration-ink">
              {kind.toUpperCase()}
            </a>
          ))}
          {edited && (
            <ConfirmButton question={texts.restoreQuestion} confirm={texts.restoreYes} onConfirm={restore}>
              {texts.restore}
            </ConfirmButton>
          )}
        </div>
      </div>
      <div ref={told} tabIndex={-1} role="status" className="min-h-11 outline-none">
        {done && 'removed' in done && (
          <p className="flex flex-wrap items-center gap-x-4">
            <span className="min-w-0 truncate">{texts.removed(done.removed.question)}</span>
            <TextButton disabled={bringing} onClick={() => void bringBack(done.removed)}>{texts.undo}</TextButton>
          </p>
        )}
        {done && 'said' in done && <p className="py-2">{done.said}</p>}
      </div>
      {problem && <Problem problem={problem} onClose={() => setProblem(null)} />}
      <div className="grid gap-y-8 border-t-2 border-ink lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <ExampleColumn workspace={workspace} split="train" search={search} version={version} served={served?.train ?? null} total={counts?.train ?? null} onChanged={onChanged} onRemove={remove} />
        <ExampleColumn workspace={workspace} split="held-out" search={search} version={version} served={served?.heldOut ?? null} total={counts?.heldOut ?? null} onChanged={onChanged} onRemove={remove} />
      </div>
      <ImportDialog
        open={importing}
        workspace={workspace}
        onClose={() => setImporting(false)}
        onImported={(report) => {
          setImporting(false);
          setDone({ said: texts.imported(format.count(report.added), format.count(report.unchanged), format.count(report.removed)) });
          onChanged();
        }}
      />
    </section>
  );
}
