/** Whether a run that was stopped may go on: its answers must be to the same questions, sorted alike, and of one code where they are committed. */
import { beginJournal, openJournal, type Journal } from '../evaluate/journal.ts';
import type { RunHeader } from '../messages/evaluation.ts';
import { BadInputError } from '../system/errors.ts';

/** BadInputError when the questions, or those that were trained, are others than when the run began. */
export function refuseOtherQuestions({ id, command, dataHash, trainingHash }: RunHeader, now: Pick<RunHeader, 'dataHash' | 'trainingHash'>): void {
  const remedy = `Put them back as they were and resume it again, or begin a new one: ${command}`;
  if (now.dataHash !== dataHash) throw new BadInputError(`The questions of the run "${id}", or how the code reads them, have changed since it began.`, { remedy });
  if (now.trainingHash !== trainingHash) throw new BadInputError(`The training questions that the run "${id}" looks through for leaks have changed since it began: its answers so far and the rest would not be sorted alike into seen and held out.`, { remedy });
}

/** BadInputError when the answers so far came from other code than stands now: what is committed names one code for all of them. */
export function refuseOtherCode({ header: { id, command }, answeredUnder }: Journal, code: RunHeader['code']): void {
  if (answeredUnder.every((hash) => hash === code.hash)) return;
  throw new BadInputError(`The run "${id}" has answers that came from other code than stands in lib/ now, and cannot be committed.`, { remedy: `It goes on without --commit: npm run eval -- --resume ${id}. To commit, begin a new one: ${command}` });
}

/** Writes down which code answers from here on. The header as it stands then: of a run that has no answer yet all answers are still to come. */
export async function takeUp(file: string, { header, answeredUnder }: Journal, code: RunHeader['code']): Promise<RunHeader> {
  if (answeredUnder.length === 0) {
    const taken = { ...header, code };
    await beginJournal(file, taken);
    return taken;
  }
  if (answeredUnder.some((hash) => hash !== code.hash)) console.error(`The run "${header.id}" has answers that came from other code than stands in lib/ now (${file} names both). It cannot be committed.`);
  const journal = await openJournal(file);
  await journal.add({ type: 'code', code }).finally(() => journal.close());
  return header;
}
