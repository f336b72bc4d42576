'use client';
import { armsInOrder, type RunSummary } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { ArmLabel, ReportSection } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

/** What was run, on what, with which weights, data and code. */
export function AboutSection({ run }: { run: RunSummary }) {
  const { about } = useEvaluationTexts();
  const { format } = useTexts();
  const { header, provenance, agreement } = run;
  const { settings, machine, versions } = header;
  return (
    <ReportSection id="about" title={about.title}>
      <dl className="mt-5 border-t-2 border-ink">
        <Fact name={about.command} value={header.command} code />
        {settings.seeds > 1 && <Fact name="" value={about.seeds(format.count(settings.seeds), format.decimal(settings.temperature, 1))} />}
        <Fact name={about.machine} value={`${machine.cpu}, ${machine.cores} × CPU, ${machine.memoryGiB} GiB, ${machine.system}; ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}`} />
        <Fact name={about.data} value={header.dataHash} code />
        <Fact name={about.training} value={header.trainingHash ?? about.none} code={header.trainingHash !== null} />
        <Fact name={about.code} value={header.code.hash} code />
        <Fact name={about.commit} value={header.code.commit ?? about.none} code={header.code.commit !== null} />
        {armsInOrder(settings.arms).map((arm) => {
          const from = provenance[arm];
          return (
            from && (
              <div key={arm} className="grid gap-x-8 border-b border-line py-2.5 md:grid-cols-[16rem_minmax(0,1fr)]">
                <dt>
                  <ArmLabel arm={arm} term={false} />
                </dt>
                <dd className="text-sm">
                  {[[about.model, from.model], [about.adapters, from.adapters], [about.index, from.index]].map(([name, hashes]) => (
                    <p key={name as string}>
                      <span className="text-soft">{name}</span> <code className="font-mono break-all">{(hashes as readonly string[]).join(', ') || about.none}</code>
                    </p>
                  ))}
                </dd>
              </div>
            )
          );
        })}
      </dl>
      {agreement && (
        <>
          <p className="mt-4 font-medium">{about.agreement(format.count(agreement.same), format.count(agreement.answers))}</p>
          <ul className="mt-2 grid gap-2">
            {agreement.differing.map(({ id, arm, direct, page }) => (
              <li key={`${id} ${arm}`} className="text-sm break-words">
                <ArmLabel arm={arm} term={false} /> <code className="font-mono">{id}</code>: <span className="text-soft">{about.answered}</span> “{direct}” <span className="text-soft">{about.shown}</span> “{page}”
              </li>
            ))}
          </ul>
        </>
      )}
    </ReportSection>
  );
}

function Fact({ name, value, code = false }: { name: string; value: string; code?: boolean }) {
  return (
    <div className="grid gap-x-8 border-b border-line py-2.5 md:grid-cols-[16rem_minmax(0,1fr)]">
      <dt className="text-soft">{name}</dt>
      <dd className={code ? 'font-mono text-sm break-all' : 'break-words'}>{value}</dd>
    </div>
  );
}
