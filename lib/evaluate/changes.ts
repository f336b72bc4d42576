/** What becomes of an answer when a document changes: the changed text is indexed, nothing is trained. */
import type { Approach } from '../answer/approach.ts';
import type { ApproachId } from '../answer/events.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { MissingArtifactError } from '../system/errors.ts';
import type { FactChange } from '../workspace/schemas.ts';
import { collect } from './collect.ts';
import { equivalent } from './score.ts';

export interface ChangedAnswer {
  readonly answer: string;
  /** Says what the document says now. */
  readonly follows: boolean;
  /** Still says what it said before. */
  readonly outdated: boolean;
}

export interface ChangeResult {
  readonly id: string;
  readonly question: string;
  /** From saving the document to the index being ready, in milliseconds. */
  readonly updateMs: number;
  /** From saving the document to the end of the arm's answer, by arm; the index's part is in it for arms that retrieve. */
  readonly answeredMs: Readonly<Partial<Record<ApproachId, number>>>;
  readonly arms: Readonly<Partial<Record<ApproachId, ChangedAnswer>>>;
}

/**
 * Makes each change in `index`, asks every arm, and takes the change back. `now` is a monotonic clock in milliseconds.
 * Throws MissingArtifactError when a changed document is not in the index.
 */
export async function* evaluateChanges(changes: readonly FactChange[], index: DocumentIndex, arms: readonly Approach[], workspace: string | undefined, signal: AbortSignal, now = () => performance.now()): AsyncGenerator<ChangeResult> {
  for (const change of changes) {
    if (signal.aborted) return;
    const before = await index.document(change.document);
    if (!before?.text.includes(change.find)) {
      throw new MissingArtifactError(`The change "${change.id}" finds no "${change.find}" in the document "${change.document}".`, { remedy: 'npm run ingest -- models/workspaces/NAME/documents' });
    }
    const saved = now();
    await index.put([{ ...before, text: before.text.replace(change.find, () => change.replace) }]);
    const updateMs = now() - saved;
    const answers: Partial<Record<ApproachId, ChangedAnswer>> = {};
    const answeredMs: Partial<Record<ApproachId, number>> = {};
    try {
      for (const arm of arms) {
        const asked = now();
        const { answer } = await collect(arm.answer({ id: change.id, text: change.question, language: change.language }, { workspace }, signal));
        answeredMs[arm.id] = updateMs + (now() - asked);
        answers[arm.id] = { answer, follows: says(answer, change.question, change.after), outdated: says(answer, change.question, change.before) };
      }
    } finally {
      await index.put([before]);
    }
    yield { id: change.id, question: change.question, updateMs, answeredMs, arms: answers };
  }
}

const says = (answer: string, question: string, { answers, required }: FactChange['after']): boolean => equivalent(answer, { question, accepted: answers, required }) ?? false;
