/** What a run asks is looked at before anything is opened for it. No model is loaded. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleHeader } from '../evaluate/example-run.fixture.ts';
import { openMaterial } from './evaluate-material.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'material-'))));
afterEach(async () => rm(folder, { recursive: true }));

describe('the questions of a run', () => {
  it.each([
    ['too long', 'x'.repeat(501), 'The question has 501 characters'],
    ['of what nobody sees', '\u200b', 'The question is empty'],
  ])('are refused before the first answer where one is %s, and it is named', async (_, question, reason) => {
    const questions = path.join(folder, 'questions.jsonl');
    await writeFile(questions, [{ id: 'fine', question: 'Berapa?' }, { id: 'odd', question }].map((asked) => `${JSON.stringify({ ...asked, answers: ['11'] })}\n`).join(''));
    const opened = openMaterial({ workspace: null, documents: path.join(folder, 'none'), questions, training: null }, exampleHeader.settings, new AbortController().signal);
    await expect(opened).rejects.toThrow(`"odd" cannot be asked. ${reason}`);
  });
});
