import { describe, expect, it } from 'vitest';
import type { Comparison } from '../answer/comparison.ts';
import { NO_METRICS, type ArmMetrics } from './measure.ts';
import { ASPECTS, tableRows, type Reading } from './table.ts';

const COMPARISON: Comparison = {
  workspace: { id: 'w', title: { id: 'W', en: 'W' }, notice: { id: '', en: '' }, asOf: '2026-11-01' },
  samples: [],
  adapter: { name: 'a', hash: 'h', examples: 300, rank: 16, trainedLayers: 18, epochs: 4, heldOutLoss: null, heldOutExactMatch: null, trainingSeconds: 900, createdAt: '2026-11-01' },
  index: { documents: 40, chunks: 120, bytes: 500_000, indexHash: 'i' },
  engine: { state: 'ready', residentBytes: null, active: 0, queued: 0, queueLimit: 8, problem: null },
  versions: [{ name: 'onnxruntime-node', version: '1.30.0', approach: null }, { name: 'vectra', version: '0.15.0', approach: 'rag' }],
  figures: [{ id: 'update-seconds', approach: 'rag', value: 0.4, n: 6, command: 'npm run eval', measuredAt: '2026-11-20' }],
  problems: [],
};

const find = (metrics: Partial<Record<'rag' | 'fine-tuned', ArmMetrics>>, comparison: Comparison | null, arm: 'rag' | 'fine-tuned', metric: string): Reading[] =>
  tableRows(['rag', 'fine-tuned'], metrics, comparison).flatMap(({ cells }) => cells.filter(({ approach }) => approach === arm).flatMap(({ readings }) => readings.filter((reading) => reading.metric === metric)));

describe('tableRows', () => {
  it('has every aspect for every approach, in their order', () => {
    const rows = tableRows(['fine-tuned', 'rag', 'base'], {}, null);
    expect(rows.map((row) => row.aspect)).toEqual(ASPECTS);
    for (const { cells } of rows) expect(cells.map((cell) => cell.approach)).toEqual(['fine-tuned', 'rag', 'base']);
  });

  it('knows nothing at first, and says so in every cell', () => {
    for (const { cells } of tableRows(['rag', 'fine-tuned'], { rag: NO_METRICS }, null))
      for (const { readings } of cells) {
        expect(readings.length).toBeGreaterThan(0);
        for (const reading of readings) expect(reading).toMatchObject({ value: undefined, source: { kind: 'not-measured' } });
      }
  });

  it('shows the median of this session with its n', () => {
    const metrics = { rag: { ...NO_METRICS, answers: 3, promptTokens: [400, 420, 500] } };
    expect(find(metrics, null, 'rag', 'prompt-tokens')).toEqual([{ metric: 'prompt-tokens', value: { kind: 'amount', amount: 420, unit: 'tokens' }, source: { kind: 'measured-here', n: 3 } }]);
  });

  it('tells no adapter from not knowing', () => {
    expect(find({ rag: { ...NO_METRICS, answers: 1, adapter: null } }, null, 'rag', 'weights-changed')[0].value).toEqual({ kind: 'none' });
    expect(find({ 'fine-tuned': { ...NO_METRICS, answers: 1, adapter: COMPARISON.adapter } }, null, 'fine-tuned', 'weights-changed')[0].value).toEqual({ kind: 'adapter', rank: 16, layers: 18 });
  });

  it('prefers what was measured here to the committed run, and names the run otherwise', () => {
    expect(find({}, COMPARISON, 'rag', 'update-seconds')[0].source).toEqual({ kind: 'measured-run', command: 'npm run eval', n: 6, measuredAt: '2026-11-20' });
    const updated = find({ rag: { ...NO_METRICS, updateSeconds: [0.2] } }, COMPARISON, 'rag', 'update-seconds')[0];
    expect(updated).toMatchObject({ value: { amount: 0.2 }, source: { kind: 'measured-here', n: 1 } });
    expect(find({}, COMPARISON, 'fine-tuned', 'update-seconds')[0].source.kind).toBe('not-measured');
  });

  it('leaves out what a run measured of another adapter than the one in use', () => {
    const measured = (adapter?: string): Comparison => ({ ...COMPARISON, figures: [{ id: 'held-out-score', approach: 'fine-tuned', value: 0.6, n: 9, command: 'npm run eval', ...(adapter && { adapter }) }] });
    const source = (comparison: Comparison) => find({}, comparison, 'fine-tuned', 'held-out-score')[0].source.kind;
    expect(source(measured('h'))).toBe('measured-run');
    expect(source(measured('another'))).toBe('not-measured');
    expect(source({ ...measured('h'), adapter: null })).toBe('not-measured');
    // Runs from before figures named their adapter.
    expect(source(measured())).toBe('measured-run');
  });

  it('gives the arm that does both the software of both, and the one that does neither what all share', () => {
    const comparison: Comparison = { ...COMPARISON, versions: [...COMPARISON.versions, { name: 'lora', version: '1', approach: 'fine-tuned' }] };
    const tools = tableRows(['rag-fine-tuned', 'base'], {}, comparison).find(({ aspect }) => aspect === 'tools')!;
    expect(tools.cells.map(({ readings }) => readings.map(({ label }) => label))).toEqual([['onnxruntime-node', 'vectra', 'lora'], ['onnxruntime-node']]);
  });

  it('gives each approach its own software and sizes', () => {
    expect(find({}, COMPARISON, 'fine-tuned', 'software').map(({ label, value }) => [label, value])).toEqual([['onnxruntime-node', { kind: 'text', text: '1.30.0' }]]);
    expect(find({}, COMPARISON, 'rag', 'software')).toHaveLength(2);
    expect(find({}, COMPARISON, 'fine-tuned', 'index-bytes')).toEqual([]);
    expect(find({}, COMPARISON, 'fine-tuned', 'training-seconds')[0]).toMatchObject({ value: { amount: 900 }, source: { kind: 'running' } });
  });
});
