import { expect, it, vi } from 'vitest';
import { BadInputError, MissingArtifactError, ProductError } from './errors.ts';

it('knows the errors of another copy of this module by their brand', async () => {
  vi.resetModules();
  const copy = await import('./errors.ts');
  expect(copy.MissingArtifactError).not.toBe(MissingArtifactError);
  const error = new copy.MissingArtifactError('No index.', { remedy: 'npm run ingest -- FOLDER' });
  expect(error instanceof ProductError).toBe(true);
  expect(error).toMatchObject({ code: 'missing-artifact', httpStatus: 503, remedy: 'npm run ingest -- FOLDER' });
});

it('tells the kinds of errors apart, and other errors from its own', () => {
  const error: unknown = new BadInputError('No question.');
  expect(error instanceof ProductError).toBe(true);
  expect(error instanceof BadInputError).toBe(true);
  expect(error instanceof MissingArtifactError).toBe(false);
  expect(new Error('x') instanceof ProductError).toBe(false);
  expect((null as unknown) instanceof ProductError).toBe(false);
});
