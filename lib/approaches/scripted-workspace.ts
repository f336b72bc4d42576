/** Workspaces other than the scripted one: their own documents and index, with answers that are scripted all the same. */
import type { Comparison } from '../answer/comparison.ts';
import type { AnswerProblem } from '../answer/events.ts';
import type { Passage } from '../answer/passage.ts';
import { toProblem } from '../system/problem.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export async function searchWorkspace(name: string, question: string): Promise<Passage[]> {
  const { passages } = await (await openWorkspace(name)).index.search(question, 3);
  return passages.map((passage, order) => ({ ...passage, used: order < 2 }));
}

/** The scripted comparison with what the workspace says of itself. */
export async function ofWorkspace(name: string, scripted: Comparison): Promise<Comparison> {
  const problems: AnswerProblem[] = [];
  const attempt = <Part>(part: Promise<Part>): Promise<Part | null> => part.catch((error: unknown) => (problems.push(toProblem(error)), null));
  const workspace = await attempt(openWorkspace(name));
  const { title = { id: name, en: name }, notice = { id: '', en: '' }, asOf = '', samples = [], adapter } = workspace?.definition ?? {};
  return {
    ...scripted,
    workspace: { id: name, title, notice, asOf },
    samples: samples.map(({ language, question }) => ({ language, text: question })),
    adapter: adapter ? scripted.adapter : null,
    index: workspace && (await attempt(workspace.index.statistics())),
    figures: [],
    problems,
  };
}
