import { useState } from 'react';
import { expect, it } from 'vitest';
import { openPage } from '../live-page.fixture.tsx';
import { FilePicker } from './file-picker.tsx';
import type { ChosenFile } from './files.ts';
import { OneFile } from './one-file.tsx';

function Chosen() {
  const [files, setFiles] = useState<readonly ChosenFile[]>([{ path: 'cuti.md', file: new File(['Cuti.'], 'cuti.md') }]);
  return <FilePicker files={files} onFiles={setFiles} disabled={false} />;
}
function ChosenOne() {
  const [file, setFile] = useState<File | null>(new File(['{}'], 'contoh.jsonl'));
  return <OneFile label="Contoh" accept=".jsonl" file={file} onFile={setFile} disabled={false} />;
}

it.each([
  ['of documents', <Chosen key="many" />, 'Lupakan semuanya', 'Pilih berkas'],
  ['of one file', <ChosenOne key="one" />, 'Lupakan', 'Pilih berkas'],
])('once a choice %s is forgotten, the keyboard is where another is made', async (_what, element, forget, choose) => {
  const page = await openPage();
  await page.show(element);
  await page.press(forget);
  expect(page.find('button', forget)).toEqual([]);
  expect(page.focused()).toBe(choose);
});
