/**
 * A step model that spells scripts, one byte a token. The last token of a prompt names the script; each step checks
 * that it is given what was spelled before, so that a mix-up between rows fails at once.
 */
import type { TokenBytes } from '../sequence.ts';
import type { Row, StepModel } from '../step-model.ts';

export const END = 256;
const VOCABULARY = 257;

export const scriptedBytes: TokenBytes = {
  bytes: (token) => (token < END ? Uint8Array.of(token) : new Uint8Array()),
  endTokens: [END],
};

/** A prompt of so many tokens that asks for the script with this number. */
export const promptFor = (script: number, length = 4): number[] => [...Array<number>(length - 1).fill(32), script];

export type Call = { readonly kind: 'extend'; readonly row: number; readonly tokens: number } | { readonly kind: 'step'; readonly rows: readonly number[] };

interface ScriptedRow extends Row {
  length: number;
  script: number[];
  spelled: number;
}

export class ScriptedModel implements StepModel {
  readonly contextLength: number = 1000;
  readonly vocabularySize = VOCABULARY;
  readonly calls: Call[] = [];
  readonly openRows = new Set<Row>();
  /** Runs before each call of the model; may throw in its place. */
  before: (call: Call) => void | Promise<void> = () => {};
  private nextRow = 1;

  constructor(private readonly scripts: readonly string[]) {}

  openRow(): Row {
    const row: ScriptedRow = { id: this.nextRow++, length: 0, script: [], spelled: 0 };
    this.openRows.add(row);
    return row;
  }

  closeRow(row: Row): void {
    if (!this.openRows.delete(row)) throw new Error('The row is not open.');
  }

  /** Keeps nothing of what it read. */
  async resume(_row: Row, _prompt: readonly number[], _chunk: number): Promise<number> {
    return 0;
  }

  async extend(row: Row, tokens: readonly number[]): Promise<Float32Array> {
    await this.record({ kind: 'extend', row: row.id, tokens: tokens.length });
    const scripted = row as ScriptedRow;
    scripted.script = [...new TextEncoder().encode(this.scripts[tokens.at(-1)!] ?? ''), END];
    scripted.length += tokens.length;
    return logitsFor(scripted.script[0]);
  }

  async step(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]> {
    await this.record({ kind: 'step', rows: rows.map((row) => row.id) });
    return rows.map((row, index) => {
      const scripted = row as ScriptedRow;
      if (tokens[index] !== scripted.script[scripted.spelled]) throw new Error(`Row ${row.id} was given another row's token.`);
      scripted.spelled += 1;
      scripted.length += 1;
      return logitsFor(scripted.script[scripted.spelled]);
    });
  }

  private async record(call: Call): Promise<void> {
    await this.before(call);
    this.calls.push(call);
  }
}

function logitsFor(token: number): Float32Array {
  const logits = new Float32Array(VOCABULARY);
  logits[token] = 10;
  return logits;
}
