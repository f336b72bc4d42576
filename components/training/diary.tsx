'use client';
import { useTexts } from '../language.tsx';
import { TextButton } from './controls.tsx';
import { useTrainingTexts } from './texts.ts';

export interface DiaryEntry {
  readonly answer: string;
  readonly right: boolean | null;
}

interface DiaryProps {
  readonly stops: readonly number[];
  readonly entries: ReadonlyMap<number, DiaryEntry>;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly leafing: boolean;
  readonly onLeaf: (start: boolean) => void;
}

/** The same question through the training: one line for every checkpoint that has answered it, equal answers in a row told once. */
export function Diary({ stops, entries, step, onStep, leafing, onLeaf }: DiaryProps) {
  const { texts, format } = useTexts();
  const own = useTrainingTexts().diary;
  const known = stops.filter((stop) => entries.has(stop));
  const changes = known.filter((stop, index) => index === 0 || entries.get(known[index - 1])!.answer !== entries.get(stop)!.answer);
  return (
    <section className="mt-4 border-t border-line pt-2">
      <div className="flex flex-wrap items-center gap-x-4">
        <h3 className="font-semibold">{own.title}</h3>
        <TextButton className="ml-auto text-sm" onClick={() => onLeaf(!leafing)}>
          {leafing ? own.stop : own.leaf}
        </TextButton>
      </div>
      {changes.length > 0 && (
        <ol className="max-h-64 overflow-y-auto tabular-nums">
          {changes.map((stop) => {
            const { answer, right } = entries.get(stop)!;
            return (
              <li key={stop} className="border-t border-line first:border-t-0">
                <button type="button" onClick={() => onStep(stop)} aria-current={stop === step ? 'step' : undefined} className="grid w-full grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-x-3 py-1.5 text-left hover:bg-desk">
                  <span className={`text-sm ${stop === step ? 'font-semibold text-arm' : 'text-soft'}`}>{stop === 0 ? own.before : format.count(stop)}</span>
                  <span className="line-clamp-2 font-text leading-snug">{answer || texts.emptyAnswer}</span>
                  <span className="text-sm font-semibold text-arm">{right && own.right}</span>
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
