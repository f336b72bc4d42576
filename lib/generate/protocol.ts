/** What the engine's two halves, the server's thread and the worker, say to each other. */
import type { AnswerProblem } from '../answer/events.ts';
import { BadInputError, DamagedArtifactError, EngineError, LockedError, MissingArtifactError, ProductError, QueueFullError } from '../system/errors.ts';
import { toProblem } from '../system/problem.ts';
import type { GenerationEvent, GenerationRequest } from './types.ts';

/** `id` is chosen by the asking side and names one generation or one count. */
export type ToWorker =
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerationRequest }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'count'; readonly id: number; readonly text: string }
  | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'loaded'; readonly loadMs: number }
  | { readonly type: 'load-failed'; readonly problem: AnswerProblem }
  | { readonly type: 'event'; readonly id: number; readonly event: GenerationEvent }
  | { readonly type: 'counted'; readonly id: number; readonly tokens: number }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly problem: AnswerProblem };

export interface WorkerData {
  readonly exitGate: SharedArrayBuffer;
}

/** Classes do not survive a message between threads; their facts do. */
export const problemOf = (error: unknown): AnswerProblem => toProblem(error, 'engine-failed');

/** The error that a problem was told for: what failed in the worker fails in the same way for whoever asked. */
export function errorOf({ code, message, remedy, detail }: AnswerProblem): ProductError {
  switch (code) {
    case 'bad-input': return new BadInputError(message, { remedy, detail });
    case 'missing-artifact': return new MissingArtifactError(message, { remedy, detail });
    case 'damaged-artifact': return new DamagedArtifactError(message, { remedy, detail });
    case 'queue-full': return new QueueFullError(message, { remedy, detail });
    case 'locked': return new LockedError(message, { remedy, detail });
    default: return new EngineError(message, { remedy, detail });
  }
}
