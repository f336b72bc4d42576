import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashedEmbedder } from './hashed-embedder.fixture.ts';
import { openDocumentIndex } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'in-force-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HANDBOOK = [
  { id: 'leave-2020', title: 'Leave', text: 'An employee has 12 days of leave a year, leave days leave days.', date: '2020-01-01' },
  { id: 'leave-2024', title: 'Leave', text: 'An employee has 15 days of leave a year.', date: '2024-01-01', replaces: ['leave-2020'] },
  { id: 'parking', title: 'Parking', text: 'Parking near the gate is free for an employee.' },
];
const open = (name: string) => openDocumentIndex({ folder: path.join(folder, name), embedder: hashedEmbedder(), today: () => '2026-11-22' });
const first = async (index: ReturnType<typeof open>, question: string) => (await index.search(question, 3)).passages[0].documentId;

describe('a search', () => {
  it('puts what is in force before what it replaced, however well the old text fits', async () => {
    const index = open('now');
    await index.put(HANDBOOK);
    expect(await first(index, 'How many leave days leave days has an employee?')).toBe('leave-2024');
    expect((await index.search('leave days', 3)).passages.map(({ documentId }) => documentId)).toContain('leave-2020');
  });

  it('takes what was in force in a year that is named', async () => {
    const index = open('then');
    await index.put(HANDBOOK);
    expect(await first(index, 'How many days of leave in 2021?')).toBe('leave-2020');
    expect(await first(index, 'How many days of leave in 2025?')).toBe('leave-2024');
  });

  it('tells when a passage holds, and says nothing of time where its document does not', async () => {
    const index = open('told');
    await index.put(HANDBOOK);
    const { passages } = await index.search('leave parking employee', 5);
    const validity = Object.fromEntries(passages.map((passage) => [passage.documentId, passage.validity]));
    expect(validity).toEqual({ 'leave-2020': { from: '2020-01-01', until: '2024-01-01' }, 'leave-2024': { from: '2024-01-01', until: null }, parking: undefined });
  });

  it('follows a change: once the new document is gone the old one holds again', async () => {
    const index = open('changed');
    await index.put(HANDBOOK);
    await index.remove(['leave-2024']);
    expect(await first(index, 'How many days of leave?')).toBe('leave-2020');
    expect(await index.document('leave-2020')).toMatchObject(HANDBOOK[0]);
    const reopened = open('changed');
    await reopened.put([HANDBOOK[1]]);
    expect(await reopened.document('leave-2024')).toMatchObject(HANDBOOK[1]);
    expect(await first(reopened, 'How many days of leave?')).toBe('leave-2024');
  });
});
