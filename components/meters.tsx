'use client';
import type { PaneState } from './comparison-state.ts';
import { useTexts } from './language.tsx';

/** What the answer took: four figures by the server's clock, the browser's wait, and a bar that shows where the time went. */
export function Meters({ pane, slowestMs }: { pane: PaneState; slowestMs: number }) {
  const { texts, format } = useTexts();
  const { timings, wait } = pane;
  const speed = timings?.tokensPerSecond == null ? format.count(null) : `${format.decimal(timings.tokensPerSecond, 1)} ${texts.meters.tokensPerSecond}`;
  const prompt = pane.promptTokens ?? timings?.promptTokens;
  return (
    <section aria-label={texts.meters.title} className="border-y border-line py-4">
      <TimeBar pane={pane} slowestMs={slowestMs} />
      <dl className="mt-3.5 grid grid-cols-2 gap-x-4 gap-y-3 tabular-nums sm:grid-cols-4">
        <Figure name={texts.meters.firstToken} value={format.duration(timings?.timeToFirstTokenMs)} />
        <Figure name={texts.meters.speed} value={speed} note={pane.drafts.length > 1 ? texts.meters.chosen : undefined} />
        <Figure name={texts.meters.total} value={format.duration(timings?.totalMs)} />
        <Figure
          name={texts.meters.prompt}
          value={prompt == null ? format.count(null) : `${format.count(prompt)} ${texts.meters.tokens}`}
          note={timings?.cachedPromptTokens ? texts.meters.cached(format.count(timings.cachedPromptTokens)) : undefined}
        />
      </dl>
      <p className="mt-3 text-sm text-soft tabular-nums" title={texts.meters.clock}>
        {texts.meters.waited(format.duration(wait.firstTextMs), format.duration(wait.totalMs))}
      </p>
    </section>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="text-sm leading-tight text-soft">{name}</dt>
      <dd className="mt-0.5 text-[1.05rem] font-semibold leading-tight">{value}</dd>
      {note && <dd className="text-xs text-soft">{note}</dd>}
    </div>
  );
}

/** Search, queue, reading and writing on a scale shared by all panes; growing strength of ink, named below the bar. */
function TimeBar({ pane: { timings, drafts }, slowestMs }: { pane: PaneState; slowestMs: number }) {
  const { texts, format } = useTexts();
  const firstToken = timings?.timeToFirstTokenMs ?? timings?.totalMs ?? 0;
  const search = timings?.retrievalMs ?? 0;
  const queue = timings?.queuedMs ?? 0;
  const parts = [
    { name: texts.meters.retrieval, milliseconds: search, strength: 38 },
    { name: texts.meters.queue, milliseconds: queue, strength: 14 },
    { name: drafts.length > 1 ? texts.meters.choosing : texts.meters.reading, milliseconds: Math.max(0, firstToken - search - queue), strength: 62 },
    { name: texts.meters.writing, milliseconds: Math.max(0, (timings?.totalMs ?? 0) - firstToken), strength: 100 },
  ].filter(({ milliseconds }) => milliseconds >= 0.5);
  const ink = (strength: number) => `color-mix(in oklab, var(--arm) ${strength}%, var(--paper))`;
  return (
    <div>
      <div aria-hidden="true" className="flex h-2 gap-px bg-[color-mix(in_oklab,var(--arm)_8%,transparent)]">
        {parts.map(({ name, milliseconds, strength }) => (
          <div key={name} style={{ width: `${(milliseconds / slowestMs) * 100}%`, minWidth: 2, background: ink(strength) }} />
        ))}
      </div>
      {/* As tall empty as full, so that the rows of both pages stay level. */}
      <p className="mt-1.5 flex min-h-[1lh] flex-wrap gap-x-3.5 text-xs text-soft tabular-nums">
        {parts.map(({ name, milliseconds, strength }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2 outline-1 -outline-offset-1 outline-arm" style={{ background: ink(strength) }} />
            {name} {format.duration(milliseconds)}
          </span>
        ))}
      </p>
    </div>
  );
}
