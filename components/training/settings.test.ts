import { expect, it } from 'vitest';
import type { SettingDefinition } from '@/lib/messages/training.ts';
import { settingsToSend } from './settings.ts';

const reason = { id: '', en: '' };
const definitions: SettingDefinition[] = [
  { key: 'rank', reason, kind: 'number', default: 16, least: 1, most: 64, whole: true },
  { key: 'learningRate', reason, kind: 'number', default: 0.001, least: 0.00001, most: 0.1, whole: false },
  { key: 'tooLong', reason, kind: 'choice', default: 'refuse', choices: ['refuse', 'cut', 'skip'] },
];

it('sends only what differs from the defaults, a decimal comma read as a point', () => {
  expect(settingsToSend(definitions, {})).toEqual([{}, new Set()]);
  expect(settingsToSend(definitions, { rank: '16', learningRate: '0,0005', tooLong: 'cut' })).toEqual([{ learningRate: 0.0005, tooLong: 'cut' }, new Set()]);
  expect(settingsToSend(definitions, { learningRate: '1e-3' })).toEqual([{}, new Set()]);
});

it.each([
  ['rank', ''],
  ['rank', '2.5'],
  ['rank', '65'],
  ['rank', 'many'],
  ['learningRate', '0'],
  ['tooLong', 'whatever'],
] as const)('does not send %s typed as "%s"', (key, text) => {
  expect(settingsToSend(definitions, { [key]: text })).toEqual([{}, new Set([key])]);
});
