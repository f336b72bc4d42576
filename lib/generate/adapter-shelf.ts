/** Keeps the model's adapters in step with their folders, also while answers are being written with them. */
import { DamagedArtifactError } from '../system/errors.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { PackedAdapter } from './adapter-inputs.ts';
import { adapterStamp, readAdapter, trainCommand } from './adapters.ts';
import { packAdapter } from './pack-adapter.ts';
import type { ScheduledRequest } from './sequence.ts';

/** The part of the language model that holds adapters. */
export interface AdapterHolder {
  readonly configuration: DecoderConfiguration;
  loadAdapter(key: string, packed: PackedAdapter): void;
  unloadAdapter(key: string): void;
}

type Loaded = NonNullable<ScheduledRequest['adapter']>;

/**
 * An adapter is in the model under its hash: a retrained one stands beside its former self until the answers that
 * began with that have ended.
 */
export class AdapterShelf {
  private readonly current = new Map<string, { readonly stamp: string; readonly loaded: Loaded }>();
  /** By key: how many answers are being written with it. */
  private readonly users = new Map<string, number>();
  private loading: Promise<unknown> = Promise.resolve();

  constructor(private readonly model: AdapterHolder, private readonly baseHash: string) {}

  /** Brings the adapter's present files into the model. Rejects as readAdapter does, and when it belongs to another base model. */
  async acquire(name: string): Promise<Loaded & { release(): void }> {
    // One after another, so that two questions at once do not load the same adapter twice.
    const turn = this.loading.then(() => this.load(name));
    this.loading = turn.catch(() => {});
    const loaded = await turn;
    this.users.set(loaded.key, (this.users.get(loaded.key) ?? 0) + 1);
    return { ...loaded, release: () => this.release(loaded.key) };
  }

  private async load(name: string): Promise<Loaded> {
    const stamp = await adapterStamp(name);
    const known = this.current.get(name);
    if (known?.stamp === stamp) return known.loaded;
    const adapter = await readAdapter(name);
    if (adapter.baseHash !== this.baseHash) {
      throw new DamagedArtifactError(
        `Adapter "${name}" was trained on another base model (${adapter.baseHash.slice(0, 12)}) than the one in use (${this.baseHash.slice(0, 12)}).`,
        { remedy: trainCommand(name) },
      );
    }
    const loaded = { key: adapter.summary.hash, summary: adapter.summary };
    this.model.loadAdapter(loaded.key, packed(adapter, this.model.configuration, name));
    this.current.set(name, { stamp, loaded });
    if (known) this.unloadUnused(known.loaded.key);
    return loaded;
  }

  private release(key: string): void {
    this.users.set(key, this.users.get(key)! - 1);
    this.unloadUnused(key);
  }

  private unloadUnused(key: string): void {
    if ((this.users.get(key) ?? 0) > 0 || [...this.current.values()].some(({ loaded }) => loaded.key === key)) return;
    this.users.delete(key);
    this.model.unloadAdapter(key);
  }
}

function packed(adapter: Parameters<typeof packAdapter>[0], configuration: DecoderConfiguration, name: string): PackedAdapter {
  try {
    return packAdapter(adapter, configuration);
  } catch (error) {
    if (!(error instanceof DamagedArtifactError)) throw error;
    throw new DamagedArtifactError(`Adapter "${name}" cannot be used: ${error.message}`, { remedy: trainCommand(name), cause: error });
  }
}
