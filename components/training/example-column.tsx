'use client';
import { useMemo, useState, type ReactNode, type RefCallback } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { ExampleDraft, ExampleList, ExampleRow, ExampleSplit } from '@/lib/messages/examples.ts';
import { useFocusBack, useFocusNext } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { Problem, TextButton } from './controls.tsx';
import { ExampleEditor, type ExampleWords } from './example-editor.tsx';
import { addExample, changeExample } from './requests.ts';
import { PAGE_ROWS } from './rows.ts';
import { useTrainingTexts } from './texts.ts';
import { useExamples } from './use-examples.ts';

/** Of the words that are no example's yet. */
const NEW = '';

interface ExampleColumnProps {
  readonly workspace: string;
  readonly split: ExampleSplit;
  readonly search: string;
  readonly version: number;
  readonly served: ExampleList | null;
  /** Of this kind in the whole workspace. */
  readonly total: number | null;
  readonly onChanged: () => void;
  /** Whether it is gone. */
  readonly onRemove: (row: ExampleRow) => Promise<boolean>;
}

/** What is being written in an editor. */
interface Edit {
  /** Once they differ from the example's. */
  readonly words?: ExampleWords;
  readonly saving?: boolean;
  readonly problem?: AnswerProblem;
}

/** One kind of examples, a page at a time, each changed where it stands. */
export function ExampleColumn({ workspace, split, search, version, served, total, onChanged, onRemove }: ExampleColumnProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().examples;
  const { list, problem, page, pages, setPage } = useExamples(workspace, split, search, version, served);
  // By the example's id. What is not saved stays while its row is leafed or searched away; only who cancels drops it.
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const [adding, setAdding] = useState(false);
  const heading = `examples-${split}`;
  const names = texts.splits[split];
  const adder = useFocusBack(adding);
  const shown = useMemo(() => list?.examples.slice(0, PAGE_ROWS), [list]);
  // Of a page whose last row was deleted, that before it is on its way.
  const next = useFocusNext(shown === undefined || (shown.length === 0 && list!.matching > 0) ? null : shown, ({ id }) => id, adder);
  const change = (id: string, part: Edit) => setEdits((before) => new Map(before).set(id, { ...before.get(id), ...part }));
  const close = (id: string) => {
    setEdits((before) => new Map([...before].filter(([one]) => one !== id)));
    if (id === NEW) setAdding(false);
  };
  const save = async (id: string, draft: ExampleDraft) => {
    change(id, { saving: true, problem: undefined });
    const outcome = await (id === NEW ? addExample(workspace, draft) : changeExample(workspace, id, draft));
    if ('problem' in outcome) return change(id, { saving: false, problem: outcome.problem });
    // It may be of the other kind now, or no longer what is searched for.
    next.leave(id);
    close(id);
    onChanged();
  };
  const editor = (id: string) => ({ split, ...edits.get(id), onWords: (words: ExampleWords) => change(id, { words }), onSave: (draft: ExampleDraft) => void save(id, draft), onCancel: () => close(id) });

  return (
    <section aria-labelledby={heading} data-arm={split === 'train' ? undefined : 'fine-tuned'} className="min-w-0 pt-4 lg:odd:pr-8 lg:even:border-l lg:even:border-edge lg:even:pl-8">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 id={heading} className="text-xl font-bold tracking-tight">
          {names.title} <span className="text-base font-medium text-soft tabular-nums">{format.count(total)}</span>
        </h3>
        <TextButton ref={adder} className="ml-auto" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {texts.add}
        </TextButton>
        <p className="basis-full text-sm text-soft text-pretty">{names.meaning}</p>
      </div>
      {adding && (
        <div className="mt-3 bg-paper px-4 py-4">
          <ExampleEditor row={null} {...editor(NEW)} />
        </div>
      )}
      {problem && (
        <div className="mt-3">
          <Problem problem={problem} />
        </div>
      )}
      {/* As tall as a full page of two-line rows, so that leafing moves nothing below. */}
      <ul className="mt-2" style={{ minHeight: list === null || list.matching > PAGE_ROWS ? `${PAGE_ROWS * 5}rem` : undefined }}>
        {shown?.map((row) => (
          <li key={row.id} className="border-t border-line first:border-t-0">
            <Row
              row={row}
              button={next.button(row.id)}
              onEdit={() => change(row.id, {})}
              onRemove={async () => {
                if (await onRemove(row)) next.leave(row.id);
              }}
            >
              {edits.has(row.id) && (
                <div className="my-2 bg-paper px-4 py-4">
                  <ExampleEditor row={row} {...editor(row.id)} />
                </div>
              )}
            </Row>
          </li>
        ))}
        {list?.matching === 0 && <li className="py-4 text-soft">{search ? texts.nothingFound : texts.nothing}</li>}
      </ul>
      {list && pages > 1 && (
        <nav aria-label={texts.pagesOf(names.title)} className="mt-2 flex items-center gap-x-4 border-t border-line pt-1 text-sm tabular-nums">
          <TextButton disabled={page === 0} onClick={() => setPage(page - 1)}>
            {texts.previous}
          </TextButton>
          <TextButton disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            {texts.next}
          </TextButton>
          <span className="ml-auto text-soft">{texts.range(format.count(page * PAGE_ROWS + 1), format.count(Math.min(list.matching, (page + 1) * PAGE_ROWS)), format.count(list.matching))}</span>
        </nav>
      )}
    </section>
  );
}

/** An example as it is read, or what it is changed with in its place. */
function Row({ row, button, onEdit, onRemove, children: editor }: { row: ExampleRow; button: RefCallback<HTMLButtonElement>; onEdit: () => void; onRemove: () => void; children: ReactNode }) {
  const texts = useTrainingTexts().examples;
  const opener = useFocusBack(Boolean(editor));
  if (editor) return editor;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 py-2">
      <div lang={row.language} className="min-w-0">
        <p className="line-clamp-2 font-medium leading-snug break-words">{row.question}</p>
        <p className="line-clamp-2 font-text text-[1.02rem] leading-snug text-soft break-words">{row.answer}</p>
      </div>
      <div className="flex gap-x-3 text-sm">
        <TextButton
          ref={(found) => {
            opener.current = found;
            button(found);
          }}
          className="min-h-8"
          aria-label={texts.editOne(row.question)}
          onClick={onEdit}
        >
          {texts.edit}
        </TextButton>
        <TextButton className="min-h-8" aria-label={texts.removeOne(row.question)} onClick={onRemove}>
          {texts.remove}
        </TextButton>
      </div>
    </div>
  );
}
