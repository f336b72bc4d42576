/** What becomes of an answer when a document changes: the changed text is indexed, nothing is trained. */
import type { AnswerOptions, Approach } from '../answer/approach.ts';
import type { DocumentIndex, SourceDocument } from '../retrieve/types.ts';
import { MissingArtifactError } from '../system/errors.ts';
import type { FactChange } from '../workspace/schemas.ts';
import { askArms, type Asked } from './ask.ts';
import type { EvaluationQuestion } from './types.ts';

export interface AskedChange {
  readonly change: FactChange;
  readonly question: EvaluationQuestion;
  readonly seed: number;
}

/** The document of a change as it is before. Throws MissingArtifactError when the index does not hold what is to change. */
async function documentBefore(change: FactChange, index: DocumentIndex): Promise<SourceDocument> {
  const before = await index.document(change.document);
  if (before?.text.includes(change.find)) return before;
  throw new MissingArtifactError(`The change "${change.id}" finds no "${change.find}" in the document "${change.document}" of the index.`, { remedy: 'npm run ingest -- models/workspaces/NAME/documents --shipped' });
}

/** Whether all changes can be made, so that a run learns it before its first answer and not after its last. Throws as above. */
export async function checkChanges(changes: readonly FactChange[], index: DocumentIndex): Promise<void> {
  for (const change of changes) await documentBefore(change, index);
}

/**
 * Makes each change in `index`, asks every arm, and takes the change back. `now` is a monotonic clock in milliseconds.
 * Throws MissingArtifactError when a changed document is not in the index.
 */
export async function* askChanges(changes: readonly AskedChange[], index: DocumentIndex, arms: readonly Approach[], options: AnswerOptions, signal: AbortSignal, now = () => performance.now()): AsyncGenerator<Asked> {
  for (const { change, question, seed } of changes) {
    if (signal.aborted) return;
    const before = await documentBefore(change, index);
    const saved = now();
    await index.put([{ ...before, text: before.text.replace(change.find, () => change.replace) }]);
    const updateMs = Number((now() - saved).toFixed(1));
    try {
      const asked = await askArms({ question, seed }, arms, options, true, signal);
      if (asked === null) return;
      yield { ...asked, row: { ...asked.row, updateMs } };
    } finally {
      await index.put([before]);
    }
  }
}
