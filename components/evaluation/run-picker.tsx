'use client';
import type { RunListing } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { ChoiceField } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

interface RunPickerProps {
  readonly runs: readonly RunListing[];
  readonly id: string | null;
  readonly against: string | null;
  readonly onOpen: (run: string, against: string | null) => void;
  readonly busy: boolean;
}

/** Which run is open, which one it is compared with, and the open one as a file. */
export function RunPicker({ runs, id, against, onOpen, busy }: RunPickerProps) {
  const texts = useEvaluationTexts();
  const { format } = useTexts();
  const name = (run: RunListing): string =>
    run.state === 'unreadable'
      ? `${run.id} (${texts.unreadable})`
      : [run.name, format.date(run.startedAt), texts.runs.origin[run.origin], run.quick ? texts.runs.quick : null, run.state === 'stopped' ? texts.runs.stopped(format.count(run.answered), format.count(run.planned)) : null].filter((part) => part !== null).join(' · ');
  const options = runs.map((run) => ({ value: run.id, label: name(run), disabled: run.state === 'unreadable' }));
  return (
    <div aria-busy={busy} className="grid items-end gap-4 bg-paper p-5 sm:p-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <ChoiceField label={texts.runs.label} value={id ?? ''} onChange={(chosen) => onOpen(chosen, against === chosen ? null : against)} options={runs.some((run) => run.id === id) || id === null ? options : [{ value: id, label: id, disabled: true }, ...options]} />
      <ChoiceField label={texts.runs.against} value={against ?? ''} onChange={(chosen) => id !== null && onOpen(id, chosen === '' ? null : chosen)} options={[{ value: '', label: texts.runs.alone }, ...options.map((option) => ({ ...option, disabled: option.disabled || option.value === id }))]} />
      {id !== null && (
        <p className="flex min-h-11 items-center gap-4 font-semibold">
          <span className="text-sm font-medium text-soft">{texts.runs.export}</span>
          {(['csv', 'md'] as const).map((kind) => (
            <a key={kind} href={`/api/evaluation/${encodeURIComponent(id)}/export?format=${kind}`} download className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4 hover:decoration-ink">
              {kind === 'csv' ? 'CSV' : 'Markdown'}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}
