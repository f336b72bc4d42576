/** `npm run eval`: scores any arms on any documents and questions, or on a workspace's own. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Approach } from '../answer/approach.ts';
import type { CommittedFigure } from '../answer/comparison.ts';
import type { ApproachId } from '../answer/events.ts';
import type { ChangeResult } from '../evaluate/changes.ts';
import type { FigureSource } from '../evaluate/figures.ts';
import type { EvaluationQuestion, ScoredQuestion } from '../evaluate/types.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { commandLine, readArguments, readArms, readNumber, runCommand, UsageError } from './arguments.ts';
import { ProgressLine } from './progress.ts';
import { scoreTable } from './score-table.ts';

const USAGE = `Usage: npm run eval -- --documents FOLDER|FILE.jsonl --questions FILE.jsonl [options]
       npm run eval -- --workspace NAME [--questions FILE.jsonl] [options]
  --documents PATH   folder of .md and .txt files, or JSON Lines {id, title, text}; indexed for this run only
  --questions FILE   JSON Lines {id, question, answers, documents, kind?, language?, required?}; no answers: unanswerable
  --workspace NAME   a workspace's documents, and its own facts, questions and changes unless --questions is given
  --arms A,B         rag, fine-tuned, base, rag-fine-tuned (default rag,fine-tuned)
  --adapter NAME     adapter of the fine-tuned arms (default the workspace's)
  --limit N          only the first N questions
  --output FILE      write the result as JSON
  --commit           keep the result as the workspace's own: docs/results/NAME.json and its figures for the page
  --json             print the result as one JSON object`;

interface EvaluateArguments {
  readonly documents?: string;
  readonly questions?: string;
  readonly workspace?: string;
  readonly adapter?: string;
  readonly output?: string;
  readonly arms: readonly ApproachId[];
  readonly limit?: number;
  readonly commit: boolean;
  readonly json: boolean;
}

await runCommand(USAGE, async (signal) => {
  const given = readEvaluateArguments();
  const { generationEngine } = await import('../generate/engine.ts');
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-eval-'));
  try {
    const questions = (await loadQuestions(given)).slice(0, given.limit);
    const index = given.documents === undefined ? null : await indexDocuments(given.documents, temporary, signal);
    const startedAt = new Date().toISOString();
    const rows = await askAll(questions, given, index, signal);
    if (signal.aborted) console.error(`Stopped after ${rows.length} of ${questions.length} questions.`);
    const changes = given.questions === undefined ? await askChanges(given, path.join(temporary, 'changes'), signal) : [];
    if (rows.length > 0) await report(given, startedAt, rows, changes, index);
    return rows.some(({ arms }) => Object.values(arms).some(({ problem }) => problem !== null)) ? 1 : 0;
  } finally {
    await generationEngine().close();
    await rm(temporary, { recursive: true, force: true });
  }
});

function readEvaluateArguments(): EvaluateArguments {
  const { values } = readArguments({
    options: {
      documents: { type: 'string' },
      questions: { type: 'string' },
      workspace: { type: 'string' },
      adapter: { type: 'string' },
      output: { type: 'string' },
      arms: { type: 'string', default: 'rag,fine-tuned' },
      limit: { type: 'string' },
      commit: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.documents === undefined && values.workspace === undefined) throw new UsageError('Give --documents and --questions, or --workspace.');
  if (values.documents !== undefined && values.workspace !== undefined) throw new UsageError('Give --documents or --workspace, not both.');
  if (values.commit && (values.workspace === undefined || values.questions !== undefined)) throw new UsageError('--commit keeps the result of a workspace\'s own questions: give --workspace alone.');
  if (values.documents !== undefined && values.questions === undefined) throw new UsageError('--documents needs --questions.');
  return { ...values, arms: readArms(values.arms), limit: readNumber('limit', values.limit, { least: 1, whole: true }) };
}

async function loadQuestions({ questions, workspace }: EvaluateArguments): Promise<EvaluationQuestion[]> {
  const { readQuestions, workspaceQuestions } = await import('../evaluate/questions.ts');
  const found = questions === undefined ? await ownQuestions(workspace!, workspaceQuestions) : await readQuestions(questions);
  if (found.length === 0) throw new UsageError(`There are no questions in ${questions ?? `the workspace "${workspace}"`}.`);
  return found;
}

async function ownQuestions(name: string, toQuestions: typeof import('../evaluate/questions.ts').workspaceQuestions): Promise<EvaluationQuestion[]> {
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const workspace = await openWorkspace(name);
  return toQuestions(await workspace.facts(), await workspace.questions());
}

/** An index of the run's own, so that no workspace is touched. */
async function indexDocuments(from: string, folder: string, signal: AbortSignal): Promise<DocumentIndex> {
  const { openDocumentIndex } = await import('../retrieve/index.ts');
  const { sharedEmbedder } = await import('../retrieve/e5-embedder.ts');
  const { ingest } = await import('../workspace/ingest.ts');
  const index = openDocumentIndex({ folder, embedder: sharedEmbedder() });
  const progress = new ProgressLine('Indexing');
  const { skipped } = await ingest(index, from, (done, total) => progress.update(done, total, 'chunks'), signal);
  progress.end();
  for (const { file, reason } of skipped) console.error(`Skipped ${file}: ${reason}.`);
  return index;
}

/** The arms as the product runs them, on an index and an adapter of the run's own where there are such. */
async function openArms({ arms, adapter }: EvaluateArguments, index: DocumentIndex | null): Promise<Approach[]> {
  const { approach, productServices } = await import('../approaches/index.ts');
  const product = productServices();
  const services = { ...product, index: index ? async () => index : product.index, adapter: adapter === undefined ? product.adapter : async () => adapter };
  return arms.map((id) => approach(id, services));
}

async function askAll(questions: readonly EvaluationQuestion[], given: EvaluateArguments, index: DocumentIndex | null, signal: AbortSignal): Promise<ScoredQuestion[]> {
  const { evaluate } = await import('../evaluate/run.ts');
  const arms = await openArms(given, index);
  const progress = new ProgressLine('Questions');
  const told = new Set<string>();
  const rows: ScoredQuestion[] = [];
  for await (const { done, total, row } of evaluate(questions, arms, { workspace: given.workspace }, signal)) {
    rows.push(row);
    progress.update(done, total, row.id);
    for (const [arm, { problem }] of Object.entries(row.arms)) {
      if (problem === null || told.has(problem.message)) continue;
      told.add(problem.message);
      console.error(`\n${arm}: ${problem.message}${problem.remedy ? ` ${problem.remedy}` : ''}`);
    }
  }
  progress.end();
  return rows;
}

/** The workspace's facts that change, in a copy of its index. */
async function askChanges(given: EvaluateArguments, folder: string, signal: AbortSignal): Promise<ChangeResult[]> {
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const { evaluateChanges } = await import('../evaluate/changes.ts');
  const workspace = await openWorkspace(given.workspace!);
  const changes = await workspace.changes();
  const index = workspace.trialIndex(folder);
  const arms = await openArms(given, index);
  const progress = new ProgressLine('Changes');
  const results: ChangeResult[] = [];
  for await (const result of evaluateChanges(changes, index, arms, given.workspace, signal)) {
    results.push(result);
    progress.update(results.length, changes.length, result.id);
  }
  progress.end();
  return results;
}

async function report(given: EvaluateArguments, startedAt: string, rows: readonly ScoredQuestion[], changes: readonly ChangeResult[], index: DocumentIndex | null): Promise<void> {
  const { summarise } = await import('../evaluate/summarise.ts');
  const { describeMachine, describeVersions } = await import('../benchmark/machine.ts');
  const { writeFileAtomically } = await import('../system/write-file.ts');
  const sums = summarise(rows);
  const result = {
    command: commandLine('eval'),
    startedAt,
    machine: describeMachine(),
    versions: await describeVersions(),
    arms: given.arms,
    hashes: { ...hashesOf(rows), questions: hashOf(rows.map(({ id, question, answers, documents }) => ({ id, question, answers, documents }))) },
    index: index ? await index.statistics() : null,
    sums,
    changes,
    questions: rows,
  };
  if (given.commit) {
    const figures = await figuresOf(given, { command: result.command, startedAt, sums, changes });
    await writeFileAtomically(path.join('docs', 'results', `${given.workspace}.json`), `${JSON.stringify(result, null, 1)}\n`);
    await writeFileAtomically(path.join('models', 'workspaces', given.workspace!, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
  }
  if (given.output !== undefined) await writeFileAtomically(given.output, `${JSON.stringify(result, null, 2)}\n`);
  console.log(given.json ? JSON.stringify(result) : scoreTable(sums));
}

async function figuresOf({ workspace, adapter }: EvaluateArguments, source: Omit<FigureSource, 'trainingSeconds'>): Promise<CommittedFigure[]> {
  const { committedFigures } = await import('../evaluate/figures.ts');
  const { workspaceAdapter } = await import('../approaches/index.ts');
  const { readAdapterSummary } = await import('../generate/adapters.ts');
  const { trainingSeconds } = await readAdapterSummary(adapter ?? (await workspaceAdapter(workspace!)));
  return committedFigures({ ...source, trainingSeconds });
}

/** What answered, as each arm's answers said; more than one hash in a list means that it changed during the run. */
function hashesOf(rows: readonly ScoredQuestion[]): Record<'base' | 'adapter' | 'index', string[]> {
  const provenances = rows.flatMap(({ arms }) => Object.values(arms).flatMap(({ provenance }) => provenance ?? []));
  const distinct = (hashes: readonly (string | null)[]): string[] => [...new Set(hashes)].filter((hash) => hash !== null);
  return { base: distinct(provenances.map((each) => each.baseHash)), adapter: distinct(provenances.map((each) => each.adapterHash)), index: distinct(provenances.map((each) => each.indexHash)) };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
