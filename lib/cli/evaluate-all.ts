/** `npm run eval -- --all`: every workspace, and the public reading sets when their folder is given. */
import type { EvaluationRun } from '../messages/evaluation.ts';
import { beginRun } from './evaluate-run.ts';
import type { EvaluateCommand } from './evaluate-arguments.ts';

type AllCommand = Extract<EvaluateCommand, { type: 'all' }>;

/** The worst status of all; stops where the signal is aborted. */
export async function evaluateAll(command: AllCommand, keep: (run: EvaluationRun | null) => Promise<number>, signal: AbortSignal): Promise<number> {
  let status = 0;
  for (const workspace of await workspacesToAsk(command.commit)) {
    console.error(`\n${workspace}`);
    const run = await beginRun({ workspace, documents: null, questions: null, training: null }, command.settings, command, signal);
    if (run === null) return 130;
    status = Math.max(status, await keep(run));
  }
  if (command.publicFolder === undefined) return status;
  const { generationEngine } = await import('../generate/engine.ts');
  await generationEngine().close();
  const { measurePublicSets } = await import('./evaluate-public.ts');
  status = Math.max(status, await measurePublicSets({ folder: command.publicFolder, sample: command.settings.sample, commit: command.commit }, signal));
  if (command.commit && !signal.aborted) await (await import('../evaluate/readme.ts')).updateReadme();
  return status;
}

/** Those that have questions; only those that come with the project when the results are to come with it too. */
async function workspacesToAsk(commit: boolean): Promise<string[]> {
  const { listWorkspaces, openWorkspace } = await import('../workspace/workspace.ts');
  const { workspaceQuestions } = await import('../evaluate/questions.ts');
  const names: string[] = [];
  for (const name of await listWorkspaces()) {
    const workspace = await openWorkspace(name);
    const questions = workspaceQuestions(await workspace.facts(), await workspace.questions(), await workspace.examples());
    if (questions.length === 0) console.error(`Passed over: the workspace "${name}" has no questions.`);
    else if (commit && !workspace.shipped) console.error(`Passed over: the workspace "${name}" is your own, and not kept with the project.`);
    else names.push(name);
  }
  return names;
}
