import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DocumentEditor } from './document-editor.tsx';

it('takes no more words while those on their way are saved, or they would be lost', () => {
  const box = (saving: boolean) => /<textarea[^>]*>/.exec(renderToStaticMarkup(<DocumentEditor draft="Isi." saving={saving} changed onDraft={() => undefined} onSave={() => undefined} onCancel={() => undefined} />))![0];
  expect(box(false)).not.toMatch(/readonly/i);
  expect(box(true)).toMatch(/readonly/i);
});
