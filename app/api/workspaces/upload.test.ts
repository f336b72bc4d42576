import { expect, it } from 'vitest';
import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { documentFiles, textFile } from './upload.ts';

const form = (field: string, ...files: File[]): FormData => {
  const made = new FormData();
  for (const file of files) made.append(field, file);
  return made;
};

it('what cannot be taken is told by facts, for a page in another language too', async () => {
  const many = Array.from({ length: WORKSPACE_LIMITS.files + 1 }, (_unused, index) => new File(['x'], `${index}.md`));
  expect(() => documentFiles(form('documents', ...many))).toThrow(expect.objectContaining({ detail: { id: 'too-many-files', facts: { files: many.length, limit: WORKSPACE_LIMITS.files } } }));
  expect(() => documentFiles(form('documents', new File(['x'], '../a.md')))).toThrow(expect.objectContaining({ detail: { id: 'document-name-unusable', facts: { name: '../a.md' } } }));
  await expect(textFile(form('examples', new File([Uint8Array.of(0xff)], 'a.csv')), 'examples')).rejects.toMatchObject({ detail: { id: 'file-not-utf8', facts: { file: 'a.csv' } } });
});
