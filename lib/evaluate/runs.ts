/** Where runs are: those that ship with the project in docs/results, a person's own in the data directory. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EvaluationRun, RunListing } from '../messages/evaluation.ts';
import { BadInputError } from '../system/errors.ts';
import { dataDirectory, projectRoot } from '../system/paths.ts';
import { readJournal } from './journal.ts';
import { readRunFile } from './run-file.ts';
import { sumUp } from './sum-up.ts';

export const committedFolder = (): string => path.join(/* turbopackIgnore: true */ projectRoot(), 'docs', 'results');
export const ownFolder = (): string => path.join(/* turbopackIgnore: true */ dataDirectory(), 'evaluation');
/** A run under way, or one that was stopped. */
export const journalFile = (id: string): string => path.join(ownFolder(), `${id}.jsonl`);
export const ownFile = (id: string): string => path.join(ownFolder(), `${id}.json`);
export const committedFile = (name: string): string => path.join(committedFolder(), `${name}.json`);

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,95}$/;

interface Place {
  readonly id: string;
  readonly origin: RunListing['origin'];
  readonly file: string;
}

/** Committed runs first, then a person's own, the newest first. */
export async function listRuns(): Promise<RunListing[]> {
  const places = [...(await placesIn(committedFolder(), 'committed')), ...(await placesIn(ownFolder(), 'own'))];
  const listings = await Promise.all(places.map(listing));
  const order = (run: RunListing): string => `${run.origin === 'committed' ? 1 : 0}${run.startedAt}`;
  return listings.sort((one, other) => (order(one) < order(other) ? 1 : -1));
}

async function placesIn(folder: string, origin: RunListing['origin']): Promise<Place[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.flatMap((name) => {
    const { name: id, ext } = path.parse(name);
    return RUN_ID.test(id) && (ext === '.json' || (ext === '.jsonl' && origin === 'own')) ? [{ id, origin, file: path.join(folder, name) }] : [];
  });
}

/** Listings are kept while their file stays as it is; a run need not be summed up to be listed. */
const listed = new Map<string, { readonly stamp: string; readonly listing: RunListing }>();

async function listing({ id, origin, file }: Place): Promise<RunListing> {
  const stamp = await stampOf(file).catch(() => '');
  const known = listed.get(file);
  if (known?.stamp === stamp) return known.listing;
  const made = await readListing({ id, origin, file });
  listed.set(file, { stamp, listing: made });
  return made;
}

async function readListing({ id, origin, file }: Place): Promise<RunListing> {
  try {
    const { header, rows } = await (isJournal(file) ? readJournal(file) : readRunFile(file));
    return { id, origin, name: header.name, startedAt: header.startedAt, state: isJournal(file) ? 'stopped' : 'finished', answered: rows.length, planned: header.planned, arms: header.settings.arms, quick: header.settings.quick };
  } catch {
    return { id, origin, name: id, startedAt: '', state: 'unreadable', answered: 0, planned: 0, arms: [], quick: false };
  }
}

const isJournal = (file: string): boolean => file.endsWith('.jsonl');

async function stampOf(file: string): Promise<string> {
  const { mtimeMs, size } = await stat(file);
  return `${mtimeMs} ${size}`;
}

/** BadInputError for a name that is none or that no run has; DamagedArtifactError for a file that is no run. */
export async function openRun(id: string): Promise<EvaluationRun> {
  if (!RUN_ID.test(id)) throw new BadInputError(`"${id.slice(0, 100)}" cannot name a run.`, { httpStatus: 404, remedy: 'GET /api/evaluation lists the runs.' });
  const places: readonly Place[] = [
    { id, origin: 'committed', file: committedFile(id) },
    { id, origin: 'own', file: ownFile(id) },
    { id, origin: 'own', file: journalFile(id) },
  ];
  for (const place of places) {
    if (await stat(/* turbopackIgnore: true */ place.file).then((found) => found.isFile(), () => false)) return load(place);
  }
  throw new BadInputError(`There is no run "${id}".`, { httpStatus: 404, remedy: `Those found: ${(await listRuns()).map((run) => run.id).join(', ') || 'none'}.` });
}

/** Runs are read and summed up once, and kept while their file stays as it is. */
const kept = new Map<string, { readonly stamp: string; readonly run: Promise<EvaluationRun> }>();
const KEPT_RUNS = 16;

async function load({ file }: Place): Promise<EvaluationRun> {
  const stamp = await stampOf(file);
  const known = kept.get(file);
  if (known?.stamp === stamp) return known.run;
  const run = isJournal(file) ? readJournal(file).then((journal) => sumUp(journal, null)) : readRunFile(file);
  if (kept.size >= KEPT_RUNS) kept.delete(kept.keys().next().value!);
  kept.set(file, { stamp, run });
  run.catch(() => kept.delete(file));
  return run;
}
