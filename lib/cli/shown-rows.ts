/** What is trained beside a workspace's examples so that reading and refusing are not unlearnt: some of them with passages, and rehearsed questions. */
import { REHEARSED } from '../messages/training.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { detectLanguage } from '../question/language.ts';
import { rehearsalRows } from '../recipe/rehearsal.ts';
import { fitting, workspaceRowsWithPassages, type PassageOptions, type ShownExample } from '../training/with-passages.ts';
import type { WorkspaceExample } from '../workspace/schemas.ts';

export interface ShownRowsOptions extends Omit<PassageOptions, 'fits'> {
  readonly maximumTokens: number;
}

/** Rehearsed questions are in the languages that the examples are in. */
export async function shownRows(workspace: string, examples: readonly WorkspaceExample[], { maximumTokens, ...options }: ShownRowsOptions): Promise<ShownExample[]> {
  const fits = await fitting(maximumTokens);
  const shown = await workspaceRowsWithPassages(workspace, examples, { ...options, fits });
  const english = examples.filter(({ language, question }) => (language ?? detectLanguage(question)) === 'en').length / examples.length;
  const rehearsed = await rehearsalRows({
    count: Math.round(REHEARSED * shown.length), english, seed: options.seed,
    fits: ({ question, passages, language, answer }) => fits(ragPrompt(question, passages, language), answer),
  });
  return [...shown, ...rehearsed.map((row) => ({ ...row, passages: [...row.passages], factId: null, split: 'train' as const, accept: [], required: [] }))];
}
