/** Opens what a run needs: its questions, its documents, its arms. */
import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import type { Approach } from '../answer/approach.ts';
import type { RunMaterial } from '../evaluate/execute.ts';
import type { Plan } from '../evaluate/plan.ts';
import type { EvaluationQuestion } from '../evaluate/types.ts';
import type { RunHeader, RunSettings } from '../messages/evaluation.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import type { FactChange } from '../workspace/schemas.ts';
import { UsageError } from './arguments.ts';
import type { RunSubject } from './evaluate-arguments.ts';
import { ProgressLine } from './progress.ts';

export interface OpenMaterial {
  readonly material: RunMaterial;
  readonly facts: Pick<RunHeader, 'planned' | 'questionsInAll' | 'dataHash' | 'trainingHash'>;
  /** Frees what was opened for this run alone. */
  close(): Promise<void>;
}

/** Questions, arms and index of a run, ready to be asked. Its `close` removes what was made for it. UsageError where there are no questions, BadInputError for questions or documents that cannot be used; nothing is left behind then. */
export async function openMaterial(subject: RunSubject, settings: RunSettings, signal: AbortSignal): Promise<OpenMaterial> {
  const { createHash } = await import('node:crypto');
  const { allQuestions, planLength, planRun, questionsHash } = await import('../evaluate/plan.ts');
  const { refuseUnaskable } = await import('../evaluate/questions.ts');
  const { questions, changes, trained } = await readQuestions(subject);
  const everything = allQuestions(questions, changes);
  const all = everything.slice(0, settings.limit ?? undefined);
  if (all.length === 0) throw new UsageError(`There are no questions in ${subject.questions ?? `the workspace "${subject.workspace}"`}.`);
  refuseUnaskable(all);
  const plan = planRun(await withLeaks(all, trained, settings.leakCosine, signal), changes, settings);
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-eval-'));
  const close = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const index = subject.documents === null ? null : await indexDocuments(subject.documents, temporary, signal);
    await checkDocuments(all, subject, settings, index);
    return {
      material: {
        plan,
        arms: await openArms(settings, index),
        options: { workspace: subject.workspace ?? undefined, adapter: settings.adapter ?? undefined, temperature: settings.temperature },
        concurrency: settings.concurrency,
        trial: await openTrial(subject, settings, plan, path.join(temporary, 'changes')),
      },
      facts: {
        planned: planLength(plan),
        questionsInAll: everything.length,
        dataHash: questionsHash(all),
        trainingHash: trained.length === 0 ? null : createHash('sha256').update(JSON.stringify(trained)).digest('hex'),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Asked {
  readonly questions: readonly EvaluationQuestion[];
  readonly changes: readonly FactChange[];
  /** Questions of the training data. */
  readonly trained: readonly string[];
}

async function readQuestions({ workspace: name, questions: file, training }: RunSubject): Promise<Asked> {
  const { readQuestions: readFile, workspaceQuestions } = await import('../evaluate/questions.ts');
  const { readDataset } = await import('../finetune/dataset.ts');
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const workspace = name === null ? null : await openWorkspace(name);
  const { workspaceExamples } = await import('../workspace/examples.ts');
  const taught = workspace ? (await workspaceExamples(workspace)).filter(({ split }) => split === 'train') : [];
  const trained = [...taught.map(({ question }) => question), ...(training === null ? [] : (await readDataset(training)).train.map(({ question }) => question))];
  if (file !== null) return { questions: await readFile(file), changes: [], trained };
  return { questions: workspaceQuestions(await workspace!.facts(), await workspace!.questions(), await workspace!.examples()), changes: await workspace!.changes(), trained };
}

async function withLeaks(questions: readonly EvaluationQuestion[], trained: readonly string[], cosine: number, signal: AbortSignal): Promise<readonly EvaluationQuestion[]> {
  if (trained.length === 0) return questions;
  const { markLeaks } = await import('../evaluate/leak.ts');
  const { sharedEmbedder } = await import('../retrieve/e5-embedder.ts');
  return markLeaks(questions, trained, sharedEmbedder(), cosine, signal);
}

/** A file of questions is held against the index that is searched. A workspace's own questions are not: what a person has taken out of its index is rightly found no more. */
async function checkDocuments(questions: readonly EvaluationQuestion[], { questions: file, workspace: name }: RunSubject, { arms }: RunSettings, own: DocumentIndex | null): Promise<void> {
  const { APPROACH_DESCRIPTIONS } = await import('../approaches/descriptions.ts');
  const searches = APPROACH_DESCRIPTIONS.some(({ id, retrieves }) => retrieves && arms.includes(id));
  if (file === null || !searches) return;
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const index = own ?? (name === null ? null : (await openWorkspace(name)).index);
  if (index !== null) await (await import('../evaluate/questions.ts')).refuseUnknownDocuments(questions, index);
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

/** The arms as the product runs them, on an index of the run's own where there is one. */
async function openArms({ arms }: RunSettings, index: DocumentIndex | null): Promise<Approach[]> {
  const { approach, productServices } = await import('../approaches/index.ts');
  const product = productServices();
  const services = index === null ? product : { ...product, index: async () => index };
  return arms.map((id) => approach(id, services));
}

/** A copy of the workspace's index for its changes. */
async function openTrial({ workspace: name }: RunSubject, settings: RunSettings, plan: Plan, folder: string): Promise<RunMaterial['trial']> {
  if (plan.changes.length === 0) return () => { throw new Error('There is nothing to change.'); };
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const { checkChanges } = await import('../evaluate/changes.ts');
  const index = (await openWorkspace(name!)).trialIndex(folder);
  await checkChanges(plan.changes.map(({ change }) => change), index);
  const arms = await openArms(settings, index);
  return () => ({ index, arms });
}
