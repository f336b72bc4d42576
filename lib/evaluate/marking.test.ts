import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { modelsDirectory } from '../system/paths.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { changedQuestion, workspaceQuestions } from './questions.ts';
import { equivalent } from './score.ts';
import type { EvaluationQuestion } from './types.ts';

async function shippedQuestions(name: string): Promise<EvaluationQuestion[]> {
  const workspace = await openWorkspace(name);
  return [...workspaceQuestions(await workspace.facts(), await workspace.questions()), ...(await workspace.changes()).map(changedQuestion)];
}

test("every answer that a shipped question accepts meets the question's own rule", async () => {
  let checked = 0;
  for (const name of await readdir(path.join(modelsDirectory(), 'workspaces'))) {
    for (const { id, question, answers, required = [] } of await shippedQuestions(name)) {
      if (required.length === 0) continue;
      for (const answer of answers) {
        checked += 1;
        expect(equivalent(answer, { question, accepted: answers, required }), `${name} ${id}: "${answer}" against ${JSON.stringify(required)}`).toBe(true);
      }
    }
  }
  expect(checked).toBeGreaterThan(500);
});
