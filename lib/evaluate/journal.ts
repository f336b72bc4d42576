/**
 * A run while it is under way: a file to which every answer is added as a line, so that a run that was stopped, by a person or by the power,
 * goes on where it was.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { ApproachId } from '../answer/events.ts';
import type { ArmProvenance, EvaluationRow, RunHeader } from '../messages/evaluation.ts';
import { DamagedArtifactError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';

export type JournalLine =
  | { readonly type: 'header'; readonly header: RunHeader }
  | { readonly type: 'row'; readonly row: EvaluationRow }
  | { readonly type: 'provenance'; readonly arm: ApproachId; readonly provenance: ArmProvenance }
  /** What the page showed to one question. */
  | { readonly type: 'page'; readonly id: string; readonly arm: ApproachId; readonly shown: string }
  /** What answers from here on: a run may go on under other code than it began with. */
  | { readonly type: 'code'; readonly code: RunHeader['code'] };

export interface Journal {
  readonly header: RunHeader;
  readonly rows: readonly EvaluationRow[];
  readonly provenance: Readonly<Partial<Record<ApproachId, ArmProvenance>>>;
  /** Hashes of the code that its answers came from; none before the first answer. */
  readonly answeredUnder: readonly string[];
}

export const beginJournal = (file: string, header: RunHeader): Promise<void> => writeFileAtomically(file, lineOf({ type: 'header', header }));

const lineOf = (line: JournalLine): string => `${JSON.stringify(line)}\n`;

/** Adds lines to a journal; each is on disk when its promise resolves. */
export async function openJournal(file: string): Promise<{ add(...lines: readonly JournalLine[]): Promise<void>; close(): Promise<void> }> {
  await dropUnfinishedLine(file);
  const handle: FileHandle = await open(file, 'a');
  return {
    async add(...lines) {
      await handle.appendFile(lines.map(lineOf).join(''));
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

/** A line that a crash cut off would run into the next one. */
async function dropUnfinishedLine(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.endsWith('\n')) await writeFileAtomically(file, text.slice(0, text.lastIndexOf('\n') + 1));
}

/** DamagedArtifactError for a file that is no journal; a last line without its end is passed over. */
export async function readJournal(file: string): Promise<Journal> {
  const text = await readFile(file, 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '').map((line, index) => parse(file, line, index + 1));
  const [first] = lines;
  if (first?.type !== 'header') throw damaged(file, 1, 'no header');
  const rows = new Map<string, EvaluationRow>();
  const provenance: Partial<Record<ApproachId, ArmProvenance>> = {};
  const answeredUnder = new Set<string>();
  let code = first.header.code.hash;
  for (const line of lines) {
    if (line.type === 'code') code = line.code.hash;
    if (line.type === 'row' || line.type === 'page') answeredUnder.add(code);
    if (line.type === 'row') rows.set(rowKey(line.row), line.row);
    else if (line.type === 'provenance') provenance[line.arm] = line.provenance;
    else if (line.type === 'page') {
      const key = rowKey({ id: line.id, seed: 0 });
      const row = rows.get(key);
      const answer = row?.arms[line.arm];
      if (row && answer) rows.set(key, { ...row, arms: { ...row.arms, [line.arm]: { ...answer, onPage: line.shown } } });
    }
  }
  return { header: first.header, rows: [...rows.values()], provenance, answeredUnder: [...answeredUnder] };
}

export const rowKey = ({ id, seed }: Pick<EvaluationRow, 'id' | 'seed'>): string => `${seed} ${id}`;

function parse(file: string, line: string, number: number): JournalLine {
  try {
    return JSON.parse(line) as JournalLine;
  } catch (cause) {
    throw damaged(file, number, (cause as Error).message);
  }
}

const damaged = (file: string, line: number, reason: string): DamagedArtifactError =>
  new DamagedArtifactError(`${file}, line ${line}: ${reason}.`, { remedy: 'Delete the file and begin the run again.' });
