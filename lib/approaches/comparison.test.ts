import { expect, it, vi } from 'vitest';

// Whether the model is loaded is nothing to these tests.
vi.mock('../generate/engine.ts', () => ({
  generationEngine: () => ({ status: () => ({ state: 'ready', residentBytes: null, active: 0, queued: 0, queueLimit: 8, problem: null }) }),
}));
const { comparison } = await import('./comparison.ts');

it('says once that a workspace is missing, with the facts for a page in another language', async () => {
  const { workspace, adapter, index, samples, problems } = await comparison('nowhere');
  expect({ name: workspace.id, adapter, index, samples }).toEqual({ name: 'nowhere', adapter: null, index: null, samples: [] });
  expect(problems).toEqual([expect.objectContaining({ code: 'missing-artifact', detail: { id: 'workspace-missing', facts: { name: 'nowhere', found: expect.stringContaining('pajak') } } })]);
});
