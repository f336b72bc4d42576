import { describe, expect, it } from 'vitest';
import type { AdapterRefusal, WorkspaceRefusal } from '@/lib/messages/refused.ts';
import { workspaceRefusalText } from '@/lib/messages/refused.ts';
import { problemText } from './problems.ts';

const NEWER = { id: 'ink', facts: {} };

describe('a file that is no workspace', () => {
  const problem = (why: WorkspaceRefusal) => ({ code: 'bad-input', message: `kantor.zip cannot be imported: ${workspaceRefusalText(why)}.`, remedy: 'Give a file.', detail: { id: 'workspace-refused', facts: { file: 'kantor.zip', why } } }) as const;

  it.each<[WorkspaceRefusal, string, string]>([
    [{ id: 'unreadable', facts: { why: { id: 'not-zip', facts: {} } } }, 'rusak: bukan arsip ZIP, atau tidak utuh', 'damaged: not a ZIP archive, or not a whole one'],
    [{ id: 'unreadable', facts: { why: { id: 'encrypted', facts: {} } } }, 'terenkripsi', 'encrypted'],
    [{ id: 'link', facts: { entry: 'a.md' } }, '"a.md" adalah tautan, bukan berkas', '"a.md" is a link, not a file'],
    [{ id: 'outside', facts: { entry: '../a.md' } }, '"../a.md" menunjuk ke luar ruang kerja', '"../a.md" names a place outside the workspace'],
    [{ id: 'no-definition', facts: { file: 'workspace.json' } }, 'tidak berisi workspace.json', 'it holds no workspace.json'],
    [{ id: 'no-part', facts: { entry: 'x.exe' } }, '"x.exe" bukan bagian dari ruang kerja', '"x.exe" is no part of a workspace'],
    [{ id: 'entry-too-large', facts: { entry: 'facts.jsonl', limit: '20 MiB' } }, '"facts.jsonl" lebih besar dari 20 MiB', '"facts.jsonl" is larger than 20 MiB'],
    [{ id: 'entry-not-utf8', facts: { entry: 'facts.jsonl' } }, '"facts.jsonl" bukan teks UTF-8', '"facts.jsonl" is not UTF-8 text'],
  ])('is refused in the language of the page: %j', (why, indonesian, english) => {
    expect(problemText(problem(why), 'id')).toEqual({ message: `kantor.zip tidak dapat diimpor: ${indonesian}.`, remedy: 'Pilih berkas hasil ekspor sebuah ruang kerja. Tidak ada isinya yang diambil.' });
    expect(problemText(problem(why), 'en')).toEqual({ message: `kantor.zip cannot be imported: ${english}.`, remedy: 'Give a file.' });
  });

  it('has the name of the field that is wrong told apart, in the English of what reads it', () => {
    const told = problemText(problem({ id: 'definition', facts: { file: 'workspace.json', cause: 'title: Invalid input' } }), 'id');
    expect(told).toMatchObject({ message: 'kantor.zip tidak dapat diimpor: workspace.json tidak dapat dipakai.', detail: 'title: Invalid input' });
  });

  it('is refused in the server’s words where it objects to something new', () => {
    expect(problemText(problem({ id: 'unreadable', facts: { why: { id: 'empty', facts: {} } } }), 'id').message).toContain('tidak dapat diimpor: kosong.');
    for (const why of [NEWER, { id: 'unreadable', facts: { why: NEWER } }] as unknown as WorkspaceRefusal[]) {
      const newer = { ...problem({ id: 'link', facts: { entry: 'a' } }), detail: { id: 'workspace-refused', facts: { file: 'kantor.zip', why } } } as const;
      expect(problemText(newer, 'id')).toEqual({ message: newer.message, remedy: newer.remedy });
    }
  });
});

describe('a file that is no adapter', () => {
  it.each<[AdapterRefusal, string]>([
    [{ id: 'unreadable', facts: { why: { id: 'not-zip', facts: {} } } }, 'Arsip ini tidak dapat diimpor: rusak: bukan arsip ZIP, atau tidak utuh.'],
    [{ id: 'twice', facts: { file: 'card.json' } }, 'Arsip ini tidak dapat diimpor: ada dua card.json di dalamnya.'],
    [{ id: 'missing', facts: { file: 'adapter_config.json' } }, 'Tidak ada adapter_config.json di dalamnya.'],
    [{ id: 'upper-part', facts: { beneath: 'reader' } }, 'Adapter ini dilatih di atas "reader", yang tidak ada di dalam berkas ini: sendirian, jawabannya tidak bermakna.'],
  ])('is refused in Indonesian: %j', (why, message) => {
    const problem = { code: 'bad-input', message: 'English.', remedy: 'English.', detail: { id: 'adapter-refused', facts: { why } } } as const;
    const told = problemText(problem, 'id');
    expect(told.message).toBe(message);
    expect(told.remedy).not.toBe('English.');
    expect(problemText(problem, 'en')).toEqual({ message: 'English.', remedy: 'English.' });
  });

  it.each([NEWER, { id: 'unreadable', facts: { why: NEWER } }])('is refused in the server’s words where it objects to something new: %j', (why) => {
    const problem = { code: 'bad-input', message: 'English.', remedy: 'English.', detail: { id: 'adapter-refused', facts: { why: why as unknown as AdapterRefusal } } } as const;
    expect(problemText(problem, 'id')).toEqual({ message: 'English.', remedy: 'English.' });
  });

  it('has what its configuration lacks told apart, in English', () => {
    const why = { id: 'configuration', facts: { file: 'adapter_config.json', cause: 'use_dora: DoRA changes the formula.' } } as const;
    expect(problemText({ code: 'bad-input', message: '', detail: { id: 'adapter-refused', facts: { why } } }, 'id')).toMatchObject({ message: 'adapter_config.json tidak dapat dipakai.', detail: 'use_dora: DoRA changes the formula.' });
  });
});

describe('a name or a line', () => {
  it.each([
    [true, 'Pilih nama lain, atau hapus dulu ruang kerja itu.', 'Choose another name, or delete that one first.'],
    [false, 'Pilih nama lain: yang itu bawaan proyek ini.', 'Choose another name: that one comes with the project.'],
  ])('that is taken is said to be so, with what the page can do about it', (own, indonesian, english) => {
    const problem = { code: 'bad-input', message: 'There is a workspace "kantor" already.', remedy: 'npm run workspace -- delete kantor', detail: { id: 'workspace-name-taken', facts: { name: 'kantor', own } } } as const;
    expect(problemText(problem, 'id')).toEqual({ message: 'Sudah ada ruang kerja bernama "kantor".', remedy: indonesian });
    expect(problemText(problem, 'en')).toEqual({ message: 'There is a workspace "kantor" already.', remedy: english });
  });

  it.each([
    ['facts.jsonl', 'facts.jsonl, baris 3 tidak dapat dipakai.'],
    [null, 'Baris 3 tidak dapat dipakai.'],
  ])('that cannot be used is named (%s)', (file, message) => {
    const problem = { code: 'bad-input', message: 'line 3: answer: is blank', detail: { id: 'line-unusable', facts: { file, line: 3, reason: 'answer: is blank' } } } as const;
    expect(problemText(problem, 'id')).toMatchObject({ message, detail: 'answer: is blank' });
    expect(problemText(problem, 'en').message).toBe('line 3: answer: is blank');
  });

  it.each([
    [{ id: 'question-twice', facts: { question: 'Apa?' } }, 'Pertanyaan "Apa?" ada lebih dari sekali di antara contohnya.'],
    [{ id: 'question-twice', facts: { question: 'Apa?', line: 3, otherAnswer: 'Ya' } }, 'Baris 3: pertanyaan "Apa?" ada lebih dari sekali di antara contohnya, dengan jawaban lain: "Ya".'],
    [{ id: 'question-held-out-and-trained', facts: { question: 'Apa?' } }, 'Soal ujian "Apa?" juga dilatihkan.'],
    [{ id: 'question-held-out-and-trained', facts: { question: 'Apa?', line: 3 } }, 'Baris 3: soal ujian "Apa?" juga dilatihkan.'],
    [{ id: 'too-many-examples', facts: { examples: 20_001, limit: 20_000 } }, 'Contohnya 20.001; satu ruang kerja memuat paling banyak 20.000.'],
    [{ id: 'file-without-examples', facts: { format: 'csv' } }, 'Berkas ini tidak berisi contoh.'],
    [{ id: 'too-many-files', facts: { files: 2_001, limit: 2_000 } }, 'Ada 2.001 berkas; paling banyak 2.000 sekaligus.'],
    [{ id: 'document-name-unusable', facts: { name: '../a.md' } }, '"../a.md" tidak bisa menjadi nama dokumen.'],
    [{ id: 'file-not-utf8', facts: { file: 'a.csv' } }, 'a.csv bukan teks UTF-8.'],
  ] as const)('that is among too many, is there twice or cannot be read is told in Indonesian: %j', (detail, message) => {
    const told = problemText({ code: 'bad-input', message: 'English.', remedy: 'English.', detail }, 'id');
    expect(told.message).toBe(message);
    expect(told.remedy).not.toBe('English.');
  });
});
