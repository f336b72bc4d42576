/** A run from its plan to its last answer, every one of them kept before the next is asked. */
import { setMaxListeners } from 'node:events';
import type { AnswerOptions, Approach } from '../answer/approach.ts';
import type { ApproachId, Provenance } from '../answer/events.ts';
import type { ArmProvenance, EvaluationRow } from '../messages/evaluation.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { askArms, together, type Asked } from './ask.ts';
import { askChanges } from './changes.ts';
import { openJournal, readJournal, rowKey, type JournalLine } from './journal.ts';
import { planLength, type Plan } from './plan.ts';

export interface RunMaterial {
  readonly plan: Plan;
  readonly arms: readonly Approach[];
  readonly options: AnswerOptions;
  readonly concurrency: number;
  /** An index in which documents may change, and arms that look into it. Only called when the plan has changes. */
  readonly trial: () => { readonly index: DocumentIndex; readonly arms: readonly Approach[] };
}

export type Phase = 'alone' | 'together' | 'changes';

export interface RunProgress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  readonly row: EvaluationRow;
}

/**
 * Asks what the journal does not hold yet, and adds each answer to it. Ends early when the signal is aborted; what was asked then and
 * not answered is asked again by the next call.
 */
export async function* executeRun(journalFile: string, { plan, arms, options, concurrency, trial }: RunMaterial, signal: AbortSignal): AsyncGenerator<RunProgress> {
  // Every answer under way listens to the one signal.
  setMaxListeners(0, signal);
  const before = await readJournal(journalFile);
  const answered = new Set(before.rows.map(rowKey));
  const open = <Each extends { question: { id: string }; seed: number }>(asked: readonly Each[]): Each[] => asked.filter(({ question, seed }) => !answered.has(rowKey({ id: question.id, seed })));
  const known = new ProvenanceRecord(before.provenance);
  const total = planLength(plan);
  let done = total - open([...plan.alone, ...plan.together, ...plan.changes]).length;

  async function* phases(): AsyncGenerator<{ phase: Phase; asked: Asked | null }> {
    for (const asking of open(plan.alone)) {
      if (signal.aborted) return;
      yield { phase: 'alone', asked: await askArms(asking, arms, options, true, signal) };
    }
    for await (const asked of together(open(plan.together), concurrency, (asking) => askArms(asking, arms, options, false, signal), signal)) yield { phase: 'together', asked };
    const changes = open(plan.changes);
    if (changes.length === 0 || signal.aborted) return;
    const { index, arms: trialArms } = trial();
    for await (const asked of askChanges(changes, index, trialArms, options, signal)) yield { phase: 'changes', asked };
  }

  const journal = await openJournal(journalFile);
  try {
    for await (const { phase, asked } of phases()) {
      if (asked === null) continue;
      await journal.add(...known.learn(asked.provenance, phase), { type: 'row', row: asked.row });
      done += 1;
      yield { phase, done, total, row: asked.row };
    }
  } finally {
    await journal.close();
  }
}

/** Which weights and which index each arm's answers came from. */
class ProvenanceRecord {
  private readonly arms: Partial<Record<ApproachId, ArmProvenance>>;

  constructor(before: Partial<Record<ApproachId, ArmProvenance>>) {
    this.arms = { ...before };
  }

  /** The lines to write when an answer came from something new. A changed document has another index by intention. */
  learn(provenances: Readonly<Partial<Record<ApproachId, Provenance>>>, phase: Phase): JournalLine[] {
    return (Object.entries(provenances) as [ApproachId, Provenance][]).flatMap(([arm, { baseHash, adapters, indexHash }]) => {
      const known = this.arms[arm] ?? { model: [], adapters: [], stacks: [], index: [] };
      const stack = adapters.map(({ name, hash }) => `${name}:${hash}`);
      const provenance: ArmProvenance = {
        model: including(known.model, [baseHash]),
        adapters: including(known.adapters, stack),
        // A journal from before stacks were kept: what it knows of is taken for one.
        stacks: including(known.stacks ?? [known.adapters.join(STACKED)], [stack.join(STACKED)]),
        index: phase === 'changes' || indexHash === null ? known.index : including(known.index, [indexHash]),
      };
      if (this.arms[arm] && JSON.stringify(known) === JSON.stringify(provenance)) return [];
      this.arms[arm] = provenance;
      return [{ type: 'provenance', arm, provenance }];
    });
  }
}

const STACKED = ' + ';

const including = (known: readonly string[], more: readonly string[]): string[] => [...new Set([...known, ...more])];
