'use client';
import { Popover } from '@base-ui/react/popover';
import type { Reading, ReadingSource, ReadingValue } from '@/lib/metrics/table.ts';
import { Day } from './day.tsx';
import { DASH, type Formatter } from './format.ts';
import type { Dictionary } from './dictionary/dictionary.ts';
import { useTexts } from './language.tsx';

/** One number of the table: what it is, how much, and where it comes from. */
export function ReadingLine({ reading: { metric, label, value, source } }: { reading: Reading }) {
  const { texts, format } = useTexts();
  const shown = showValue(value, texts, format);
  return (
    <div className="grid grid-cols-[minmax(4.5rem,1fr)_minmax(0,auto)] items-baseline gap-x-4 border-t border-line py-1.5 first:border-t-0 @md:grid-cols-[minmax(0,1fr)_auto_7.5rem]">
      <dt className="text-[0.95rem] leading-snug text-soft">{label ?? texts.table.metrics[metric]}</dt>
      <dd className="text-right leading-snug">
        {/* A new value is a new element, so that it lights up. */}
        <span key={shown} className={`font-semibold tabular-nums ${source.kind === 'measured-here' ? 'fresh' : ''}`}>
          {shown}
        </span>
      </dd>
      <dd className="col-span-2 text-right text-[0.8rem] leading-snug text-soft @md:col-span-1 @md:text-left">
        <Source source={source} />
      </dd>
    </div>
  );
}

function showValue(value: ReadingValue | undefined, texts: Dictionary, format: Formatter): string {
  if (value === undefined) return DASH;
  switch (value.kind) {
    case 'none':
      return texts.table.none;
    case 'text':
      return value.text;
    case 'adapter':
      return texts.table.adapterSize(value.rank, value.layers);
    case 'amount':
      switch (value.unit) {
        case 'count':
          // The median of an even number of answers may lie between two counts.
          return format.decimal(value.amount, Number.isInteger(value.amount) ? 0 : 1);
        case 'tokens':
          return `${format.count(value.amount)} ${texts.meters.tokens}`;
        case 'milliseconds':
          return format.duration(value.amount);
        case 'seconds':
          return format.duration(value.amount * 1000);
        case 'share':
          return format.share(value.amount);
        case 'bytes':
          return format.bytes(value.amount);
      }
  }
}

function Source({ source }: { source: ReadingSource }) {
  const { texts } = useTexts();
  const words = texts.table.source;
  if (source.kind === 'measured-here') return <><SourceMark kind={source.kind} /> {words.here(source.n)}</>;
  if (source.kind === 'running') return <><SourceMark kind={source.kind} /> {words.running}</>;
  if (source.kind === 'not-measured') return <><SourceMark kind={source.kind} /> {words.notMeasured}</>;
  return (
    <Popover.Root>
      <Popover.Trigger className="py-0.5 underline decoration-dotted underline-offset-[3px] hover:text-ink">
        <SourceMark kind={source.kind} /> {words.run}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12} className="z-20">
          <Popover.Popup className="max-w-[min(24rem,calc(100vw-1.5rem))] border border-edge bg-paper p-4 text-sm shadow-[0_14px_30px_-16px_var(--shade)]">
            <Popover.Title className="font-semibold">{words.command}</Popover.Title>
            <code className="mt-1 block bg-desk px-3 py-2 font-mono text-[0.92em] break-words select-all">{source.command}</code>
            <Popover.Description className="mt-2 text-soft">
              {source.n !== undefined && words.count(source.n)}
              {source.n !== undefined && source.measuredAt && ' · '}
              {source.measuredAt && <Day iso={source.measuredAt} within={(day) => `${words.date} ${day}`} />}
            </Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A shape for each kind of source, so that none depends on colour. */
export function SourceMark({ kind }: { kind: ReadingSource['kind'] }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className="inline-block size-[0.7em] text-arm" fill="none" stroke="currentColor" strokeWidth="1.5">
      {kind === 'measured-here' && <circle cx="5" cy="5" r="3.9" fill="currentColor" />}
      {kind === 'measured-run' && <path d="M5 .8 9.2 5 5 9.2.8 5Z" fill="currentColor" />}
      {kind === 'running' && <circle cx="5" cy="5" r="3.9" />}
      {kind === 'not-measured' && <path d="M1.5 5h7" />}
    </svg>
  );
}
