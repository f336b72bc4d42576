/**
 * Checks a workspace against its documents, and against the laws it was written from where it names any:
 * `npx tsx lib/workspace/check-facts.ts [--laws FOLDER] [--workspace pajak]`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { normaliseFigures } from '../retrieve/figures.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { modelsDirectory } from '../system/paths.ts';
import { readDocuments } from './documents.ts';
import { readJsonLines } from './json-lines.ts';
import { changeSchema, factSchema, questionSchema, type EvaluationQuestion, type Fact, type FactChange } from './schemas.ts';

export interface WorkspaceContent {
  readonly facts: readonly Fact[];
  readonly questions: readonly EvaluationQuestion[];
  readonly changes: readonly FactChange[];
  readonly documents: readonly SourceDocument[];
  /** The text of a law by the name its evidence gives, or `null`. */
  readonly readLaw: (file: string) => string | null;
}

export interface Failure {
  readonly id: string;
  readonly reason: string;
}

/** Characters before the evidence in which its `near` must stand, white space counted once. */
const NEAR_CHARACTERS = 3_000;

/** Everything that is wrong with a workspace, in the order of its files; empty when nothing is. */
export function checkWorkspace(content: WorkspaceContent): Failure[] {
  const documents = new Map(content.documents.map((document) => [document.id, document.text]));
  const trained = new Map<string, { fact: string; answer: string }>();
  const clashes: Failure[] = [];
  for (const { id, train } of content.facts) {
    for (const { question, answer } of train) {
      const before = trained.get(plain(question));
      if (before && before.answer !== answer) clashes.push({ id, reason: `"${question}" is trained with another answer by ${before.fact}` });
      trained.set(plain(question), { fact: id, answer });
    }
  }
  return [
    ...content.facts.flatMap((fact) => named(fact.id, [...evidenceFaults(fact, content.readLaw), ...documentFaults(fact, documents), ...phrasingFaults(fact, trained)])),
    ...clashes,
    ...content.questions.flatMap((question) => named(question.id, questionFaults(question, documents, trained))),
    ...content.changes.flatMap((change) => named(change.id, changeFaults(change, content.facts, documents))),
  ];
}

const named = (id: string, reasons: readonly string[]): Failure[] => reasons.map((reason) => ({ id, reason }));

/** Nothing for a fact that no law stands behind. */
function evidenceFaults({ evidence }: Fact, readLaw: WorkspaceContent['readLaw']): string[] {
  if (!evidence) return [];
  const law = readLaw(evidence.file);
  if (law === null) return [`there is no law ${evidence.file}`];
  const [text, snippet, near] = [law, evidence.text, evidence.near ?? ''].map(oneSpaced);
  let at = text.indexOf(snippet);
  if (at < 0) return [`"${evidence.text}" does not stand in ${evidence.file}`];
  for (; at >= 0; at = text.indexOf(snippet, at + 1)) {
    if (text.slice(Math.max(0, at - NEAR_CHARACTERS), at).includes(near)) return [];
  }
  return [`"${evidence.near}" does not stand within ${NEAR_CHARACTERS} characters before "${evidence.text}" in ${evidence.file}`];
}

function documentFaults({ document, required }: Fact, documents: ReadonlyMap<string, string>): string[] {
  const text = documents.get(document);
  if (text === undefined) return [`there is no document ${document}`];
  return missing(text, required).map((group) => `none of ${group.join(' | ')} stands in ${document}`);
}

function phrasingFaults(fact: Fact, trained: ReadonlyMap<string, { fact: string }>): string[] {
  const faults: string[] = [];
  for (const language of ['id', 'en'] as const) {
    const train = fact.train.filter((phrasing) => phrasing.language === language);
    const heldOut = fact.heldOut.filter((phrasing) => phrasing.language === language);
    const wanted = train.length + heldOut.length > 0;
    if (wanted && (train.length < 2 || heldOut.length !== 1)) faults.push(`${train.length} trained and ${heldOut.length} held-out phrasings in "${language}", not two or more and one`);
    const answers = new Set([...train, ...heldOut].map(({ answer }) => answer));
    if (answers.size > 1) faults.push(`${answers.size} different answers in "${language}"`);
    for (const answer of answers) faults.push(...missing(answer, fact.required).map((group) => `the answer "${answer}" has none of ${group.join(' | ')}`));
  }
  for (const { question } of fact.heldOut) {
    const by = trained.get(plain(question));
    if (by) faults.push(`the held-out "${question}" is trained by ${by.fact}`);
  }
  return faults;
}

function questionFaults(question: EvaluationQuestion, documents: ReadonlyMap<string, string>, trained: ReadonlyMap<string, { fact: string }>): string[] {
  const faults: string[] = [];
  const by = trained.get(plain(question.question));
  if (by) faults.push(`the question is trained by ${by.fact}`);
  if (question.kind === 'unanswerable') {
    if (question.answers.length || question.documents.length) faults.push('is unanswerable, but has answers or documents');
    return faults;
  }
  if (!question.answers.length || !question.documents.length) faults.push('needs answers and documents');
  for (const id of question.documents) {
    const text = documents.get(id);
    if (text === undefined) faults.push(`there is no document ${id}`);
    else faults.push(...missing(text, question.required).map((group) => `none of ${group.join(' | ')} stands in ${id}`));
  }
  return faults;
}

function changeFaults(change: FactChange, facts: readonly Fact[], documents: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  if (!facts.some(({ id }) => id === change.fact)) faults.push(`there is no fact ${change.fact}`);
  const text = documents.get(change.document);
  if (text === undefined) return [...faults, `there is no document ${change.document}`];
  const times = text.split(change.find).length - 1;
  if (times !== 1) return [...faults, `"${change.find}" stands ${times} times in ${change.document}, not once`];
  faults.push(...missing(text, change.before.required).map((group) => `before the change, none of ${group.join(' | ')} stands in ${change.document}`));
  const changed = text.replace(change.find, () => change.replace);
  faults.push(...missing(changed, change.after.required).map((group) => `after the change, none of ${group.join(' | ')} stands in ${change.document}`));
  return faults;
}

/** The groups of which a text contains no alternative, figures compared in one spelling. */
function missing(text: string, required: Fact['required']): Fact['required'] {
  const spelled = (part: string) => normaliseFigures(oneSpaced(part).toLowerCase());
  const whole = spelled(text);
  return required.filter((group) => !group.some((alternative) => whole.includes(spelled(alternative))));
}

const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
const plain = (question: string): string => oneSpaced(question.toLowerCase().replace(/[^\p{L}\d%]+/gu, ' '));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { laws: { type: 'string' }, workspace: { type: 'string', default: 'pajak' } } });
  const folder = path.join(modelsDirectory(), 'workspaces', values.workspace);
  const [facts, questions, changes, { documents, skipped }] = await Promise.all([
    readJsonLines(path.join(folder, 'facts.jsonl'), factSchema),
    readJsonLines(path.join(folder, 'questions.jsonl'), questionSchema),
    readJsonLines(path.join(folder, 'changes.jsonl'), changeSchema),
    readDocuments(path.join(folder, 'documents')),
  ]);
  const readLaw = (file: string) => {
    try {
      return values.laws ? readFileSync(path.join(values.laws, file), 'utf8') : null;
    } catch {
      return null;
    }
  };
  const failures = [...skipped.map(({ file, reason }) => ({ id: file, reason })), ...checkWorkspace({ facts, questions, changes, documents, readLaw })];
  for (const { id, reason } of failures) console.log(`${id.padEnd(32)} ${reason}`);
  console.log(`${documents.length} documents, ${facts.length} facts, ${questions.length} questions, ${changes.length} changes: ${failures.length} failures`);
  process.exitCode = failures.length ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
}
