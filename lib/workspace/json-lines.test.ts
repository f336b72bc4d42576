import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { BadInputError } from '../system/errors.ts';
import { readJsonLines } from './json-lines.ts';

const schema = z.object({ id: z.string(), count: z.number() });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lines-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Buffer) {
  const file = path.join(folder, 'rows.jsonl');
  await writeFile(file, content);
  return readJsonLines(file, schema);
}

test('reads every line, whatever the line ends, blank ones apart', async () => {
  expect(await read('\uFEFF{"id":"a","count":1}\r\n\n{"id":"b","count":2}')).toEqual([{ id: 'a', count: 1 }, { id: 'b', count: 2 }]);
  expect(await read('')).toEqual([]);
});

test.each([
  ['{"id":"a","count":1}\n{"id":', /rows\.jsonl, line 2: not valid JSON/],
  ['{"id":"a","count":1}\n\n{"id":"b"}', /rows\.jsonl, line 3: count: /],
  ['[1]', /rows\.jsonl, line 1: /],
  ['{"id":"a","count":1}\n{"id":"a","count":2}', /rows\.jsonl, line 2: the id "a" stands on line 1 already/],
])('%j is refused, naming file, line and reason', async (content, message) => {
  const error = await read(content).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BadInputError);
  expect((error as Error).message).toMatch(message);
});

test('a file that is not there, a folder and bytes that are not UTF-8 are refused', async () => {
  await expect(readJsonLines(path.join(folder, 'none.jsonl'), schema)).rejects.toThrow(/There is no file/);
  await expect(readJsonLines(folder, schema)).rejects.toThrow(/a folder/);
  await expect(read(Buffer.from([0x22, 0xff, 0x22]))).rejects.toThrow(/not UTF-8/);
});
