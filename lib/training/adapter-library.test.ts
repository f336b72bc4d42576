import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeAdapter, writeAdapterFolder } from '../finetune/adapter-folder.ts';
import { adapterLayout, initialParameters } from '../finetune/adapter-layout.ts';
import * as adapters from '../generate/adapters.ts';
import { presentBaseHash } from '../generate/present-base.ts';
import { DEFAULT_SETTINGS } from '../finetune/settings.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { keepCheckpoint, listAdapterViews, refuseTakenMeanwhile, removeAdapter, renameAdapter, useAdapter } from './adapter-library.ts';
import { openScriptedModel } from './scripted-model.ts';

let folder: string;
const shipped = (name: string): string => path.join(folder, 'models', 'adapters', name);
const own = (name: string): string => path.join(folder, 'data', 'adapters', name);
const checkpoint = (step: number): string => path.join(folder, 'data', 'training', 'run-aaaaaaaa', 'checkpoints', String(step));

async function write(place: string, seed = 1): Promise<void> {
  const { configuration } = await openScriptedModel({ ...DEFAULT_SETTINGS });
  const layout = adapterLayout(configuration, 4, 0);
  const files = encodeAdapter(layout, initialParameters(layout, seed));
  await writeAdapterFolder(place, layout, files, {
    name: path.basename(place), createdAt: '2026-01-01T00:00:00Z', baseHash: 'b', dataHash: 'd', adapterHash: files.hash, examples: 2, settings: { ...DEFAULT_SETTINGS, rank: 4, alpha: 8 },
    losses: [], heldOut: { n: 0, loss: null, exactMatch: null, equivalent: null }, trainingSeconds: 1, tokensPerSecond: 1, peakMemoryBytes: 1, versions: {},
  });
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'adapters-'));
  vi.stubEnv('MODELS_DIRECTORY', path.join(folder, 'models'));
  vi.stubEnv('DATA_DIRECTORY', path.join(folder, 'data'));
  await mkdir(path.join(folder, 'models', 'workspaces', 'w'), { recursive: true });
  await writeFile(path.join(folder, 'models', 'workspaces', 'w', 'workspace.json'), JSON.stringify({ title: { id: 'W', en: 'W' }, adapter: 'came' }));
  await Promise.all([write(shipped('came')), write(own('mine'), 2), write(checkpoint(4), 3)]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const names = async (): Promise<string[]> => (await listAdapterViews()).map(({ name, origin, usedBy }) => `${name} ${origin} ${usedBy.join()}`);

describe('the adapters', () => {
  it('are listed with where they come from, who uses them and what is wrong', async () => {
    await cp(own('mine'), own('torn'), { recursive: true });
    await writeFile(path.join(own('torn'), 'adapter_model.safetensors'), 'half');
    await cp(own('mine'), own('.mine.123.abc'), { recursive: true });
    const views = await listAdapterViews();
    expect(await names()).toEqual(['came shipped w', 'mine own ', 'torn own ']);
    expect(views[1]).toMatchObject({ problem: null, card: { name: 'mine', examples: 2 } });
    expect(views[1].bytes).toBeGreaterThan(1000);
    expect(views[2].problem).toMatchObject({ code: 'damaged-artifact' });
  });

  it('are listed with what went wrong in its own words where nobody foresaw it', async () => {
    vi.spyOn(adapters, 'readAdapterSummary').mockRejectedValue(new Error('Out of ink.'));
    expect((await listAdapterViews()).map(({ problem }) => problem)).toEqual(['came', 'mine'].map(() => ({ code: 'internal', message: 'Out of ink.' })));
  });

  it.each(['{}', 'null', '[]', '{"createdAt":5,"settings":{"epochs":3}}'])('are all listed when one has the card %s, which is told of that one', async (card) => {
    await writeFile(path.join(own('mine'), 'card.json'), card);
    const views = await listAdapterViews();
    expect(views.map(({ name, card }) => [name, card && card.name])).toEqual([['came', 'came'], ['mine', null]]);
    expect(views[1].problem).toMatchObject({ code: 'damaged-artifact', message: expect.stringContaining('card.json cannot be used'), detail: { id: 'adapter-damaged' } });
  });

  it('are shown with what a card says where it lacks what answering does not need', async () => {
    const file = path.join(own('mine'), 'card.json');
    const { losses: _losses, tokensPerSecond: _speed, dataHash: _data, ...card } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...card, peakMemoryBytes: 'much' }));
    expect((await listAdapterViews())[1]).toMatchObject({ problem: null, card: { examples: 2, settings: { rank: 4 }, losses: [], tokensPerSecond: null, dataHash: null, peakMemoryBytes: null } });
  });

  it('of a person are renamed, and workspaces follow', async () => {
    await useAdapter('mine', 'w');
    expect(await renameAdapter('mine', 'better')).toMatchObject({ name: 'better', usedBy: ['w'], card: { name: 'better' } });
    expect((await openWorkspace('w')).definition.adapter).toBe('better');
    expect(await names()).toEqual(['better own w', 'came shipped ']);
  });

  it('of a person are deleted, but not while a workspace uses them', async () => {
    await useAdapter('mine', 'w');
    await expect(removeAdapter('mine')).rejects.toThrow('in use by the workspace "w"');
    await useAdapter('came', 'w');
    await removeAdapter('mine');
    expect(await names()).toEqual(['came shipped w']);
    expect(await readdir(path.join(folder, 'data', 'adapters'))).toEqual([]);
  });

  it('that came with the project stay as they are', async () => {
    await expect(removeAdapter('came')).rejects.toThrow(/came with the project and cannot be deleted/);
    await expect(renameAdapter('came', 'x')).rejects.toThrow(/cannot be renamed/);
  });

  it.each(['../mine', '.mine', '', 'a/b', 'x'.repeat(65)])('are not called %j', async (name) => {
    await expect(renameAdapter('mine', name)).rejects.toThrow(/is no adapter name/);
    await expect(removeAdapter(name)).rejects.toThrow(/There is no adapter/);
  });

  it('are not replaced by accident', async () => {
    await expect(renameAdapter('mine', 'came')).rejects.toThrow(/There is an adapter "came" already; it came with the project/);
    await expect(keepCheckpoint('run-aaaaaaaa', 4, 'mine')).rejects.toThrow(/There is an adapter "mine" already/);
  });

  it.each(['Mine', 'CAME'])('are not called %s beside one whose name is in other letters, which some disks take for the same', async (name) => {
    const taken = name.toLowerCase();
    const refusal = { httpStatus: 409, message: expect.stringContaining(`There is an adapter "${taken}" already`), detail: { id: 'adapter-name-taken', facts: { name: taken } } };
    await write(own('other'), 4);
    await expect(renameAdapter('other', name)).rejects.toMatchObject(refusal);
    await expect(keepCheckpoint('run-aaaaaaaa', 4, name)).rejects.toMatchObject(refusal);
    // Nor where one of the same name may be replaced.
    await expect(keepCheckpoint('run-aaaaaaaa', 4, name, true)).rejects.toMatchObject({ ...refusal, remedy: 'Choose another name.' });
    await expect(refuseTakenMeanwhile({ name, replace: true })).rejects.toMatchObject({ code: 'name-taken', detail: { facts: { name: taken } } });
    expect(await names()).toEqual(['came shipped w', 'mine own ', 'other own ']);
  });

  it('may change the letters of their own name', async () => {
    expect(await renameAdapter('mine', 'Mine')).toMatchObject({ name: 'Mine', card: { name: 'Mine' } });
    expect(await names()).toEqual(['Mine own ', 'came shipped w']);
  });

  it('that cannot be read are not used', async () => {
    await writeFile(path.join(own('mine'), 'card.json'), '{}');
    await expect(useAdapter('mine', 'w')).rejects.toThrow(/card\.json cannot be used/);
    await expect(useAdapter('came', 'nowhere')).rejects.toThrow(/No workspace "nowhere"/);
  });
});

describe('the adapters that a killed process was replacing', () => {
  const aside = (name: string): string => own(`.${name}.${spawnSync(process.execPath, ['--version']).pid}.0123abcd`);

  it('are there wherever they are asked for, and hide a shipped one of their name', async () => {
    for (const name of ['mine', 'came']) {
      const place = aside(name);
      await write(place, 4);
      await write(`${place}.replaced`, 2);
    }
    await rm(own('mine'), { recursive: true });
    await expect(keepCheckpoint('run-aaaaaaaa', 4, 'mine')).rejects.toThrow(/There is an adapter "mine" already/);
    expect(await names()).toEqual(['came own w', 'mine own ']);
  });

  it('do not come back as they were before when they are deleted', async () => {
    await write(`${aside('mine')}.replaced`, 4);
    await removeAdapter('mine');
    expect(await names()).toEqual(['came shipped w']);
    expect(await readdir(path.join(folder, 'data', 'adapters'))).toEqual([]);
  });
});

describe('the adapters of another base model', () => {
  beforeEach(async () => {
    const base = path.join(folder, 'models', LANGUAGE_MODEL);
    await mkdir(base);
    await writeFile(path.join(base, 'config.json'), '{}');
    await writeFile(path.join(base, 'weights.json'), '{"tensors":{}}');
  });

  it('are listed as such and not used', async () => {
    expect((await listAdapterViews()).map(({ problem }) => problem?.message)).toEqual(['came', 'mine'].map((name) => expect.stringContaining(`Adapter "${name}" was trained on another base model (b)`)));
    await expect(useAdapter('mine', 'w')).rejects.toThrow(/another base model/);
    expect((await openWorkspace('w')).definition.adapter).toBe('came');
  });

  it('are all that is refused; when the base changes, so does what fits it', async () => {
    const card = path.join(own('mine'), 'card.json');
    await writeFile(card, JSON.stringify({ ...JSON.parse(await readFile(card, 'utf8')), baseHash: await presentBaseHash() }));
    expect(await useAdapter('mine', 'w')).toMatchObject({ problem: null, usedBy: ['w'] });
    await writeFile(path.join(folder, 'models', LANGUAGE_MODEL, 'config.json'), '{"another":true}');
    await expect(useAdapter('mine', 'w')).rejects.toThrow(/another base model/);
  });
});

describe('keeping a checkpoint', () => {
  it('makes an adapter of it, under a name of its own', async () => {
    expect(await keepCheckpoint('run-aaaaaaaa', 4, 'kept')).toMatchObject({ name: 'kept', origin: 'own', card: { name: 'kept' }, problem: null });
    const weights = (place: string) => readFile(path.join(place, 'adapter_model.safetensors'));
    expect(await weights(own('kept'))).toEqual(await weights(checkpoint(4)));
  });

  it('replaces one where that is wanted', async () => {
    await keepCheckpoint('run-aaaaaaaa', 4, 'mine', true);
    expect((await readFile(path.join(own('mine'), 'adapter_model.safetensors'))).equals(await readFile(path.join(checkpoint(4), 'adapter_model.safetensors')))).toBe(true);
    expect(await readdir(path.join(folder, 'data', 'adapters'))).toEqual(['mine']);
  });

  it('refuses a step that has none', async () => {
    await expect(keepCheckpoint('run-aaaaaaaa', 5, 'kept')).rejects.toThrow(/has no checkpoint of step 5/);
  });
});
