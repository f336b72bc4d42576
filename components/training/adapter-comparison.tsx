'use client';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { useTexts } from '../language.tsx';
import { adapterFacts, type AdapterFact } from './adapter-facts.ts';
import { useTrainingTexts } from './texts.ts';

/** Two cards side by side: what is the same stays quiet, the better figure is marked. */
export function AdapterComparison({ pair }: { pair: readonly [AdapterView, AdapterView] }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().adapters;
  const [one, other] = pair.map((adapter) => adapterFacts(adapter, texts, format));
  const rows = one.map((fact) => ({ fact, against: other.find(({ id }) => id === fact.id) ?? null }));
  return (
    <div className="bg-paper px-5 py-4 shadow-[0_1px_0_var(--edge)] sm:px-8" data-arm="fine-tuned">
      <table className="w-full table-fixed text-left tabular-nums">
        <thead>
          <tr>
            <th scope="col" className="w-[38%] py-2 pr-4 font-medium text-soft">
              {texts.comparison}
            </th>
            {pair.map(({ name }) => (
              <th key={name} scope="col" className="py-2 pr-4 font-bold break-words text-arm">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ fact, against }) => {
            const same = against?.value === fact.value && against.whole === fact.whole;
            return (
              <tr key={fact.id} className="border-t border-line">
                <th scope="row" className="py-1.5 pr-4 text-[0.95rem] font-normal text-soft">
                  {fact.name}
                </th>
                {same ? (
                  <td colSpan={2} className="py-1.5 pr-4 text-soft">
                    {fact.value} <span className="text-sm">{texts.same}</span>
                  </td>
                ) : (
                  <>
                    <Cell fact={fact} better={isBetter(fact, against)} />
                    <Cell fact={against} better={against !== null && isBetter(against, fact)} />
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ fact, better }: { fact: AdapterFact | null; better: boolean }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().adapters;
  return (
    <td className={`py-1.5 pr-4 break-words ${better ? 'font-bold text-arm' : 'font-semibold'} ${fact?.whole ? 'font-mono text-[0.9em]' : ''}`} title={fact?.whole}>
      {fact?.value ?? format.count(null)}
      {better && <span className="ml-1.5 text-sm font-medium">{texts.better}</span>}
    </td>
  );
}

const isBetter = (fact: AdapterFact, against: AdapterFact | null): boolean => {
  if (fact.better === undefined || fact.amount == null || against?.amount == null) return false;
  return fact.better === 'higher' ? fact.amount > against.amount : fact.amount < against.amount;
};
