/** `npm run eval`: scores any arms on a workspace's own questions, or on any documents and questions. */
import path from 'node:path';
import { answersOf, type EvaluationRun } from '../messages/evaluation.ts';
import { runCommand, UsageError } from './arguments.ts';
import { readEvaluateCommand, USAGE, type EvaluateCommand, type Keeping } from './evaluate-arguments.ts';
import { runReport } from './score-table.ts';

await runCommand(USAGE, async (signal) => {
  const command = readEvaluateCommand();
  try {
    return await carryOut(command, signal);
  } finally {
    const { generationEngine } = await import('../generate/engine.ts');
    await generationEngine().close();
  }
});

async function carryOut(command: EvaluateCommand, signal: AbortSignal): Promise<number> {
  if (command.type === 'readme') return remakeReadme();
  const { beginRun, resumeRun } = await import('./evaluate-run.ts');
  if (command.type === 'resume') return keep(await resumeRun(command.run, command, signal), command);
  if (command.type === 'run' && command.commit) await refuseOwnWorkspace(command.subject.workspace!);
  if (command.type === 'run') return keep(await beginRun(command.subject, command.settings, command, signal), command);
  const { evaluateAll } = await import('./evaluate-all.ts');
  return evaluateAll(command, (run) => keep(run, command), signal);
}

/** Results that ship are of workspaces that ship. */
async function refuseOwnWorkspace(name: string): Promise<void> {
  const { openWorkspace } = await import('../workspace/workspace.ts');
  if (!(await openWorkspace(name)).shipped) throw new UsageError(`--commit keeps results with the project, and the workspace "${name}" is your own: leave it out, the report page shows the run all the same.`);
}

/** 1 when an arm failed on a question, so that scripts notice. */
async function keep(run: EvaluationRun | null, { commit, output, json }: Keeping): Promise<number> {
  if (run === null) return 130;
  if (output !== undefined) await (await import('../evaluate/run-file.ts')).writeRun(output, run);
  if (commit) await commitRun(run);
  console.log(json ? JSON.stringify(run) : runReport(run));
  if (!json) console.error(`\nKept in ${path.relative(process.cwd(), (await import('../evaluate/runs.ts')).ownFile(run.header.id))}; the report page shows it: npm start, then /evaluation?run=${run.header.id}`);
  return run.scores.some(({ failures }) => failures > 0) ? 1 : 0;
}

async function commitRun(run: EvaluationRun): Promise<void> {
  const { subject } = run.header;
  if (subject.workspace === null || subject.questions !== null) throw new UsageError('--commit keeps the result of a workspace\'s own questions, which this run is not.');
  await refuseOwnWorkspace(subject.workspace);
  const { BadInputError } = await import('../system/errors.ts');
  const { mixedArms } = await import('../evaluate/sum-up.ts');
  const mixed = mixedArms(run.provenance);
  if (mixed.length > 0) throw new BadInputError(`The weights or the index of ${mixed.join(', ')} changed while the run went on. The run is not committed.`, { remedy: `Begin a new one: ${run.header.command}` });
  const silent = run.scores.find((scores) => scores.group === 'all' && scores.failures === answersOf(scores));
  if (silent) {
    const problem = run.rows[0]?.arms[silent.arm]?.problem;
    throw new BadInputError(`The arm "${silent.arm}" never answered: ${problem?.message ?? 'it failed'} The run is not committed.`, { remedy: problem?.remedy ?? 'Mend that and begin a new run.' });
  }
  const { committedFile } = await import('../evaluate/runs.ts');
  const { writeRun } = await import('../evaluate/run-file.ts');
  const { writeFigures } = await import('../evaluate/figures.ts');
  await writeRun(committedFile(run.header.name), run);
  await writeFigures(run);
  await remakeReadme();
}

async function remakeReadme(): Promise<number> {
  const { updateReadme } = await import('../evaluate/readme.ts');
  console.error((await updateReadme()) ? 'README.md has the table of the committed results.' : 'README.md had the table of the committed results already.');
  return 0;
}
