'use client';
import { useEffect, useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { useFocusNext } from '../focus-back.ts';
import { AdapterComparison } from './adapter-comparison.tsx';
import { AdapterImport } from './adapter-import.tsx';
import { AdapterRow } from './adapter-row.tsx';
import { Problem, TextButton } from './controls.tsx';
import { useTrainingTexts } from './texts.ts';

interface AdaptersPanelProps {
  readonly adapters: readonly AdapterView[];
  readonly problem: AnswerProblem | null;
  readonly workspace: string;
  readonly onChanged: () => void;
}

/** What came out of the trainings: each with its card, two at a time side by side. */
export function AdaptersPanel({ adapters, problem, workspace, onChanged }: AdaptersPanelProps) {
  const texts = useTrainingTexts().adapters;
  const [picked, setPicked] = useState<readonly string[]>([]);
  // A row is known by its adapter's name: under another one it is drawn anew.
  const [renamed, setRenamed] = useState<string | null>(null);
  useEffect(() => {
    if (adapters.some(({ name }) => name === renamed)) setRenamed(null);
  }, [adapters, renamed]);
  const heading = useRef<HTMLHeadingElement>(null);
  const next = useFocusNext(adapters, ({ name }) => name, heading);
  const pick = (name: string) => setPicked((before) => (before.includes(name) ? before.filter((one) => one !== name) : [...before, name].slice(-2)));
  const pair = picked.map((name) => adapters.find((adapter) => adapter.name === name)).filter((adapter) => adapter !== undefined);
  return (
    <section aria-labelledby="adapters-heading" className="mt-20">
      <div className="grid items-end gap-x-12 gap-y-3 lg:grid-cols-2">
        <h2 ref={heading} tabIndex={-1} id="adapters-heading" className="outline-none text-[clamp(2rem,4.4vw,3.4rem)] font-bold leading-none tracking-[-0.03em] [font-stretch:88%]">
          {texts.title}
        </h2>
        <p className="max-w-[52ch] font-text text-lg leading-relaxed text-pretty">{texts.lead}</p>
      </div>
      {problem && (
        <div className="mt-4">
          <Problem problem={problem} />
        </div>
      )}
      {pair.length === 2 ? (
        <div className="mt-6">
          <AdapterComparison pair={[pair[0], pair[1]]} />
          <TextButton onClick={() => setPicked([])}>{texts.compareEnd}</TextButton>
        </div>
      ) : (
        <p role="status" className="mt-4 min-h-[1lh] text-sm text-soft">
          {pair.length === 1 ? texts.compareOneMore(pair[0].name) : ''}
        </p>
      )}
      <ul className="mt-2 border-t-2 border-ink">
        {adapters.map((adapter) => (
          <AdapterRow key={adapter.name} adapter={adapter} workspace={workspace} picked={picked.includes(adapter.name)} onPick={() => pick(adapter.name)} button={next.button(adapter.name)} onLeave={() => next.leave(adapter.name)} isRenamed={adapter.name === renamed} onRenamed={setRenamed} onChanged={onChanged} />
        ))}
        {adapters.length === 0 && <li className="py-5 text-soft">{texts.none}</li>}
      </ul>
      <AdapterImport onImported={onChanged} />
    </section>
  );
}
