'use client';
import type { Comparison } from '@/lib/answer/comparison.ts';
import type { ApproachId } from '@/lib/answer/events.ts';
import type { ArmMetrics } from '@/lib/metrics/measure.ts';
import { tableRows, type Reading } from '@/lib/metrics/table.ts';
import { ArmGlyph } from './glyphs.tsx';
import { useTexts } from './language.tsx';
import { ReadingLine, SourceMark } from './reading-line.tsx';

interface ComparisonTableProps {
  readonly arms: readonly ApproachId[];
  readonly metrics: Partial<Record<ApproachId, ArmMetrics>>;
  readonly comparison: Comparison | null;
}

/** Six aspects, one column for each approach; on a narrow screen each aspect becomes a card. */
export function ComparisonTable({ arms, metrics, comparison }: ComparisonTableProps) {
  const { texts } = useTexts();
  return (
    <section aria-labelledby="table-heading" className="mt-20">
      <div className="grid items-end gap-x-12 gap-y-3 lg:grid-cols-[1fr_1fr]">
        <h2 id="table-heading" className="text-[clamp(2rem,4.4vw,3.4rem)] font-bold leading-none tracking-[-0.03em] [font-stretch:88%]">
          {texts.table.title}
        </h2>
        <p className="max-w-[52ch] font-text text-lg leading-relaxed text-pretty">{texts.table.lead}</p>
      </div>
      <Legend />
      {comparison === null && <p className="mt-4 text-warning">{texts.serverSilent}</p>}
      {/* Explicit roles, because changing `display` takes a table's own away in some browsers. */}
      <table role="table" aria-labelledby="table-heading" className="mt-5 block w-full border-t-2 border-ink text-left md:table md:table-fixed">
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row">
            <th role="columnheader" scope="col" className="w-[17%] py-3 pr-4 font-medium text-soft">
              {texts.table.aspect}
            </th>
            {arms.map((arm) => (
              <th key={arm} role="columnheader" scope="col" data-arm={arm} className="px-5 py-3 text-lg font-bold text-arm first-of-type:pl-0">
                <ArmName arm={arm} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {tableRows(arms, metrics, comparison).map(({ aspect, cells }) => (
            <tr key={aspect} role="row" className="mt-4 block bg-paper p-5 align-top first:mt-5 md:table-row md:bg-transparent md:p-0">
              <th role="rowheader" scope="row" className="block text-xl font-bold leading-tight tracking-tight md:table-cell md:border-t md:border-edge md:py-5 md:pr-4 md:text-lg">
                {texts.table.aspects[aspect].name}
              </th>
              {cells.map(({ approach, readings }) => (
                <td key={approach} role="cell" data-arm={approach} className="mt-4 block border-l-[3px] border-arm pl-4 md:mt-0 md:table-cell md:border-l-0 md:border-t md:border-edge md:bg-paper md:px-5 md:py-5">
                  <p className="mb-1 font-bold text-arm md:hidden">
                    <ArmName arm={approach} />
                  </p>
                  <p className="font-text text-[1.05rem] leading-snug text-pretty">{texts.table.aspects[aspect][approach] ?? (aspect === 'idea' && texts.arms[approach].promise)}</p>
                  <Readings readings={readings} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ArmName({ arm }: { arm: ApproachId }) {
  const { texts } = useTexts();
  return (
    <span className="inline-flex items-center gap-2">
      <ArmGlyph arm={arm} className="size-5 shrink-0" />
      {texts.arms[arm].name}
      <span className="text-sm font-medium text-soft">{texts.arms[arm].term}</span>
    </span>
  );
}

function Readings({ readings }: { readings: readonly Reading[] }) {
  return (
    <dl className="@container mt-3">
      {readings.map((reading, index) => (
        <ReadingLine key={index} reading={reading} />
      ))}
    </dl>
  );
}

function Legend() {
  const { texts } = useTexts();
  const entries = [
    { kind: 'measured-here', name: texts.table.source.here(3), meaning: texts.table.legendHere },
    { kind: 'measured-run', name: texts.table.source.run, meaning: texts.table.legendRun },
    { kind: 'running', name: texts.table.source.running, meaning: texts.table.legendRunning },
    { kind: 'not-measured', name: texts.table.source.notMeasured, meaning: texts.table.legendNotMeasured },
  ] as const;
  return (
    <details className="mt-5 text-sm">
      <summary className="w-fit cursor-pointer py-1 text-soft hover:text-ink">{texts.table.legend}</summary>
      <dl className="mt-2 grid gap-x-8 gap-y-2 md:grid-cols-2">
        {entries.map(({ kind, name, meaning }) => (
          <div key={kind} className="flex gap-3">
            <dt className="w-36 shrink-0 font-medium">
              <SourceMark kind={kind} /> {name}
            </dt>
            <dd className="text-soft">{meaning}</dd>
          </div>
        ))}
        <div className="flex gap-3">
          <dt className="w-36 shrink-0 font-text">{texts.table.source.stated}</dt>
          <dd className="text-soft">{texts.table.legendStated}</dd>
        </div>
      </dl>
    </details>
  );
}
