/** What server and training process say to each other. */
import type { RunEventBody } from '../messages/training.ts';

/** Why a training ends before its end. `orphaned`: the server is gone; the next one goes on. */
export type Interruption = 'pause' | 'stop' | 'orphaned';

export interface ToTraining {
  readonly type: Exclude<Interruption, 'orphaned'>;
}

export type FromTraining =
  | { readonly type: 'event'; readonly body: RunEventBody }
  /** What has been trained up to this step outlives the process. */
  | { readonly type: 'saved'; readonly step: number };
