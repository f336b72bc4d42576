/**
 * Adapters as the page lists, compares, renames and deletes them.
 *
 *   GET    /api/adapters                            -> AdapterList
 *   PATCH  /api/adapters/NAME      {name}           -> AdapterView     (own ones only; workspaces that use it follow)
 *   DELETE /api/adapters/NAME                       -> {removed: NAME} (own ones only; 409 while a workspace uses it)
 *   POST   /api/adapters/NAME/use  {workspace}      -> AdapterView     (answers of that workspace come from it from now on)
 */
import type { AnswerProblem } from '../answer/events.ts';

/** Losses after one epoch: means over answer tokens, in nats. */
export interface EpochLosses {
  readonly epoch: number;
  readonly step: number;
  readonly train: number;
  readonly heldOut: number | null;
}

export interface HeldOutResult {
  readonly n: number;
  /** Mean over answer tokens, in nats. */
  readonly loss: number | null;
  /** Share answered word for word (or by another accepted answer), 0 to 1; `null` when not asked. */
  readonly exactMatch: number | null;
  /** Share answered word for word or in other words that say the same; `null` when nothing decides it. */
  readonly equivalent: number | null;
}

/** card.json: where an adapter comes from and how it did. */
export interface AdapterCardView {
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** SHA-256 of the base model, of the examples, of adapter_model.safetensors. */
  readonly baseHash: string;
  readonly dataHash: string | null;
  readonly adapterHash: string;
  /** How many it was trained on; `null`, as all that the training tells, for an adapter that was imported. */
  readonly examples: number | null;
  /** How many of them were shown with passages; absent in cards of before. */
  readonly shown?: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly losses: readonly EpochLosses[];
  readonly heldOut: HeldOutResult;
  readonly trainingSeconds: number | null;
  readonly tokensPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
  readonly origin?: 'imported';
  readonly versions: Readonly<Record<string, string>>;
  /** The adapter it was trained on top of; `null` or absent: the plain base. */
  readonly beneath?: { readonly name: string; readonly hash: string } | null;
  /** The training run it comes from, how far that was (`epoch` with a fraction) and the last step's loss. */
  readonly run?: { readonly id: string; readonly step: number; readonly steps: number; readonly epoch: number; readonly loss: number } | null;
}

export interface AdapterView {
  readonly name: string;
  /** `shipped` with the project and read only, or a person's own. */
  readonly origin: 'shipped' | 'own';
  readonly bytes: number;
  /** Names of the workspaces whose answers come from it. */
  readonly usedBy: readonly string[];
  /** `null` when the folder cannot be read; `problem` then says why. */
  readonly card: AdapterCardView | null;
  readonly problem: AnswerProblem | null;
}

export interface AdapterList {
  /** By name; an own adapter hides a shipped one of the same name. */
  readonly adapters: readonly AdapterView[];
}

export const ADAPTER_NAME = /^\w[\w.-]{0,63}$/;
