/** Keeps the model's adapters in step with their folders, also while answers are being written with them. */
import type { AdapterSummary } from '../answer/events.ts';
import { DamagedArtifactError } from '../system/errors.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { PackedAdapter } from './adapter-inputs.ts';
import { adapterKey, adapterStamp, checkBeneath, readAdapter, trainCommand } from './adapters.ts';
import { packAdapter } from './pack-adapter.ts';
import { refuseOtherBase } from './present-base.ts';

/** The part of the language model that holds adapters. */
export interface AdapterHolder {
  readonly configuration: DecoderConfiguration;
  loadAdapter(key: string, packed: PackedAdapter): void;
  unloadAdapter(key: string): void;
}

/** An adapter in the model. */
interface Loaded {
  /** The name under which the model knows it. */
  readonly key: string;
  readonly summary: AdapterSummary;
}

/** An adapter that stays in the model until it is released. */
export interface AcquiredAdapter extends Loaded {
  release(): void;
}

/** Adapters that stay in the model unused, about 15 MiB each at rank 16: the arms', and a few checkpoints scrubbed through. */
const KEPT = 4;

/**
 * An adapter is in the model under its hash: a retrained one stands beside its former self until the answers that
 * began with that have ended, and one whose folder is gone leaves when its last answer has.
 */
export class AdapterShelf {
  /** By name, the least recently asked for first. */
  private readonly current = new Map<string, { readonly stamp: string; readonly loaded: Loaded }>();
  /** By key: how many answers are being written with it. */
  private readonly users = new Map<string, number>();
  private loading: Promise<unknown> = Promise.resolve();

  constructor(private readonly model: AdapterHolder, private readonly baseHash: string) {}

  /** Brings the adapter's present files into the model. Rejects as readAdapter does, and when it belongs to another base model. */
  async acquire(name: string): Promise<AcquiredAdapter> {
    // One after another, so that two questions at once do not load the same adapter twice.
    const turn = this.loading.then(() => this.take(name));
    this.loading = turn.catch(() => {});
    const loaded = await turn;
    let held = true;
    return {
      ...loaded,
      release: () => {
        if (held) this.release(loaded.key);
        held = false;
      },
    };
  }

  private async take(name: string): Promise<Loaded> {
    const loaded = await this.load(name).catch((error: unknown) => {
      // Renamed, deleted or damaged: whoever asks by this name has to be told, and nobody new can use what was here.
      this.forget(name);
      throw error;
    });
    this.users.set(loaded.key, (this.users.get(loaded.key) ?? 0) + 1);
    for (const name of [...this.current.keys()].slice(0, -KEPT)) this.forget(name);
    return loaded;
  }

  private async load(name: string): Promise<Loaded> {
    const stamp = await adapterStamp(name);
    const known = this.current.get(name);
    const unchanged = known?.stamp === stamp;
    if (unchanged) await checkBeneath(known.loaded.summary);
    const loaded = unchanged ? known.loaded : await this.read(name);
    this.current.delete(name);
    this.current.set(name, { stamp, loaded });
    if (known && known.loaded.key !== loaded.key) this.unloadUnused(known.loaded.key);
    return loaded;
  }

  private async read(name: string): Promise<Loaded> {
    const adapter = await readAdapter(name);
    refuseOtherBase(name, adapter.baseHash, this.baseHash);
    const loaded = { key: adapterKey(adapter), summary: adapter.summary };
    this.model.loadAdapter(loaded.key, packed(adapter, this.model.configuration, name));
    return loaded;
  }

  private forget(name: string): void {
    const known = this.current.get(name);
    this.current.delete(name);
    if (known) this.unloadUnused(known.loaded.key);
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
