/** Begins or resumes a run, shows how far it is, and keeps what came of it. */
import { rm } from 'node:fs/promises';
import type { Phase, RunProgress } from '../evaluate/execute.ts';
import type { EvaluationRun, RunHeader, RunSettings } from '../messages/evaluation.ts';
import { commandLine } from './arguments.ts';
import type { Keeping, RunSubject } from './evaluate-arguments.ts';
import { openMaterial, type OpenMaterial } from './evaluate-material.ts';
import { ProgressLine } from './progress.ts';

/** Answers a subject's questions with every arm. `null` when the signal was aborted first; the run can then be resumed. */
export async function beginRun(subject: RunSubject, settings: RunSettings, keeping: Keeping, signal: AbortSignal): Promise<EvaluationRun | null> {
  const opened = await openMaterial(subject, settings, signal);
  try {
    const header = await makeHeader(subject, settings, opened.facts);
    const { beginJournal } = await import('../evaluate/journal.ts');
    const { journalFile } = await import('../evaluate/runs.ts');
    await beginJournal(journalFile(header.id), header);
    return await goOn(header, opened, keeping, signal);
  } finally {
    await opened.close();
  }
}

/** Goes on with a run that was stopped; `null` when it was stopped again. BadInputError when it is finished, when its questions have changed since, or, where it is to be committed, its code. */
export async function resumeRun(id: string, keeping: Keeping, signal: AbortSignal): Promise<EvaluationRun | null> {
  const { openRun, journalFile } = await import('../evaluate/runs.ts');
  const { readJournal } = await import('../evaluate/journal.ts');
  const { codeVersion } = await import('../evaluate/code-version.ts');
  const { BadInputError } = await import('../system/errors.ts');
  const { refuseOtherCode, refuseOtherQuestions, takeUp } = await import('./evaluate-resume.ts');
  const { header, finishedAt } = await openRun(id);
  if (finishedAt !== null) throw new BadInputError(`The run "${id}" is finished.`, { remedy: 'Begin a new one: npm run eval -- --workspace NAME' });
  const [journal, code] = [await readJournal(journalFile(id)), await codeVersion()];
  if (keeping.commit) refuseOtherCode(journal, code);
  const opened = await openMaterial(header.subject, header.settings, signal);
  try {
    refuseOtherQuestions(header, opened.facts);
    return await goOn(await takeUp(journalFile(id), journal, code), opened, keeping, signal);
  } finally {
    await opened.close();
  }
}

async function makeHeader(subject: RunSubject, settings: RunSettings, facts: OpenMaterial['facts']): Promise<RunHeader> {
  const { codeVersion } = await import('../evaluate/code-version.ts');
  const { describeMachine, describeVersions } = await import('../benchmark/machine.ts');
  const path = await import('node:path');
  const startedAt = new Date().toISOString();
  const name = (subject.questions === null ? subject.workspace! : path.parse(subject.questions).name).replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 60) || 'questions';
  const id = `${name}-${startedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
  return { format: 1, id, name, command: commandLine('eval'), startedAt, subject, settings, ...facts, code: await codeVersion(), machine: describeMachine(), versions: await describeVersions() };
}

async function goOn(header: RunHeader, { material }: OpenMaterial, keeping: Keeping, signal: AbortSignal): Promise<EvaluationRun | null> {
  const { executeRun } = await import('../evaluate/execute.ts');
  const { readJournal } = await import('../evaluate/journal.ts');
  const { journalFile, ownFile } = await import('../evaluate/runs.ts');
  const { sumUp } = await import('../evaluate/sum-up.ts');
  const { writeRun } = await import('../evaluate/run-file.ts');
  const journal = journalFile(header.id);
  const left = new TimeLeft(material.plan);
  const progress = new ProgressLine(header.name);
  const told = new Set<string>();
  const goOnLater = `Go on with: npm run eval -- --resume ${header.id}`;
  try {
    for await (const each of executeRun(journal, material, signal)) {
      progress.update(each.done, each.total, left.after(each));
      tellProblems(each, told);
    }
  } catch (error) {
    console.error(`\nThe answers so far are kept. ${goOnLater}`);
    throw error;
  }
  progress.end();
  if (header.settings.throughPage && !signal.aborted) await askThroughPage(journal, header, keeping.page, signal);
  if (signal.aborted) {
    const { rows } = await readJournal(journal);
    console.error(`\nStopped after ${rows.length} of ${header.planned} answers of each arm. ${goOnLater}`);
    return null;
  }
  const run = sumUp(await readJournal(journal), new Date().toISOString());
  await writeRun(ownFile(header.id), run);
  await rm(journal);
  return run;
}

/** What the page shows to the same questions; those it was asked already are not asked again. */
async function askThroughPage(journal: string, { subject }: RunHeader, address: string | undefined, signal: AbortSignal): Promise<void> {
  const { askPage } = await import('./evaluate-page.ts');
  const { openJournal, readJournal } = await import('../evaluate/journal.ts');
  const { generationEngine } = await import('../generate/engine.ts');
  // The served page loads the models for itself; twice in memory is once too often.
  await generationEngine().close();
  const { rows } = await readJournal(journal);
  const open = rows.filter(({ arms }) => Object.values(arms).every(({ onPage }) => onPage === undefined));
  const lines = await openJournal(journal);
  try {
    for await (const shown of askPage({ rows: open, workspace: subject.workspace, address }, signal)) await lines.add(shown);
  } finally {
    await lines.close();
  }
}

/** Every problem of an arm once. */
function tellProblems({ row }: RunProgress, told: Set<string>): void {
  for (const [arm, { problem }] of Object.entries(row.arms)) {
    if (!problem || told.has(problem.message)) continue;
    told.add(problem.message);
    console.error(`\n${arm}: ${problem.message}${problem.remedy ? ` ${problem.remedy}` : ''}`);
  }
}

/** What is left, at each phase's own pace; a phase that has not begun is taken to go at the pace of the one before. */
class TimeLeft {
  private readonly open: Record<Phase, number>;
  private readonly spent: Partial<Record<Phase, { milliseconds: number; questions: number }>> = {};
  private last = performance.now();

  constructor({ alone, together, changes }: { readonly [phase in Phase]: readonly unknown[] }) {
    this.open = { alone: alone.length, together: together.length, changes: changes.length };
  }

  /** E.g. `alone, 12 min left`. */
  after({ phase, done, total }: RunProgress): string {
    const now = performance.now();
    const pace = (this.spent[phase] ??= { milliseconds: 0, questions: 0 });
    pace.milliseconds += now - this.last;
    pace.questions += 1;
    this.last = now;
    this.open[phase] -= 1;
    // What an earlier call has answered is open no more: phases go in order.
    let surplus = this.open.alone + this.open.together + this.open.changes - (total - done);
    for (const each of ['alone', 'together', 'changes'] as const) {
      const gone = Math.min(surplus, this.open[each]);
      this.open[each] -= gone;
      surplus -= gone;
    }
    let known = pace;
    let milliseconds = 0;
    for (const each of ['alone', 'together', 'changes'] as const) {
      known = this.spent[each] ?? known;
      milliseconds += (this.open[each] * known.milliseconds) / known.questions;
    }
    return `${phase}, ${milliseconds < 90_000 ? `${Math.ceil(milliseconds / 1000)} s` : `${Math.ceil(milliseconds / 60_000)} min`} left`;
  }
}
