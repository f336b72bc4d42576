import { plainQuestion } from '../finetune/dataset.ts';
import { EXAMPLE_LIMITS, type ExampleRow } from '../messages/examples.ts';
import { BadInputError } from '../system/errors.ts';

/**
 * Throws a BadInputError when a question comes twice, or is held out and trained: its score would mean nothing. `lineOf`
 * says on which line of an import a row stood, where it came from one.
 */
export function checkExamples(rows: readonly ExampleRow[], lineOf: (row: ExampleRow) => number | undefined = () => undefined): void {
  const limit = EXAMPLE_LIMITS.examples;
  if (rows.length > limit) throw new BadInputError(`${rows.length} examples are more than the ${limit} that fit in a workspace.`, { remedy: 'Leave some out.', detail: { id: 'too-many-examples', facts: { examples: rows.length, limit } } });
  const known = new Map<string, ExampleRow>();
  for (const row of rows) {
    const before = known.get(plainQuestion(row.question));
    if (!before) {
      known.set(plainQuestion(row.question), row);
      continue;
    }
    const [line, earlier] = [lineOf(row), lineOf(before)];
    const place = line === undefined ? '' : `Line ${line}: `;
    const facts = { question: row.question, ...(line !== undefined && { line }) };
    const where = earlier === undefined ? 'already' : `on line ${earlier} already`;
    if (before.split === row.split) {
      const isOther = before.answer !== row.answer;
      throw new BadInputError(`${place}the question "${row.question}" stands there ${where}${isOther ? `, with the answer "${before.answer}"` : ''}.`, {
        remedy: 'Keep one of them.',
        detail: { id: 'question-twice', facts: { ...facts, ...(isOther && { otherAnswer: before.answer }) } },
      });
    }
    throw new BadInputError(`${place}the held-out question "${row.question}" is also trained on.`, {
      remedy: 'Word the held-out question differently, or take it out of the training examples.',
      detail: { id: 'question-held-out-and-trained', facts },
    });
  }
}
