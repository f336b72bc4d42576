/**
 * One class per kind of failure. Each states the facts and the next step; the HTTP status is decided here
 * and nowhere else.
 */
import type { ProblemDetail } from '../answer/problems.ts';

const BRAND = Symbol.for('dua-jawaban.product-error');

interface ErrorOptions {
  readonly remedy?: string;
  readonly detail?: ProblemDetail;
  readonly cause?: unknown;
}

export abstract class ProductError extends Error {
  readonly [BRAND] = true;
  abstract readonly code: string;
  abstract readonly httpStatus: number;
  /** The command or action that mends it. */
  readonly remedy?: string;
  /** The facts in the message, for a page in another language. */
  readonly detail?: ProblemDetail;
  constructor(message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.remedy = options.remedy;
    this.detail = options.detail;
  }

  /**
   * A server bundle may hold this module more than once, and what is shared between its copies throws the errors of one
   * copy to another: those are known by their brand. Subclasses keep the language's own rule.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== ProductError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** The question, request or file that came in cannot be used as it is. */
export class BadInputError extends ProductError {
  readonly code = 'bad-input';
  readonly httpStatus: number;
  constructor(message: string, options: ErrorOptions & { readonly httpStatus?: number } = {}) {
    super(message, options);
    this.httpStatus = options.httpStatus ?? 400;
  }
}

/** A model, adapter or index is not where it should be. */
export class MissingArtifactError extends ProductError {
  readonly code = 'missing-artifact';
  readonly httpStatus = 503;
}

/** A file is there but is not what its checksum or format says. */
export class DamagedArtifactError extends ProductError {
  readonly code = 'damaged-artifact';
  readonly httpStatus = 503;
}

/** More is waiting than the stated limit allows. */
export class QueueFullError extends ProductError {
  readonly code = 'queue-full';
  readonly httpStatus = 429;
}

/** Another process holds the thing that only one may write. */
export class LockedError extends ProductError {
  readonly code = 'locked';
  readonly httpStatus = 409;
}

/** The generation engine failed while it worked, or went away. */
export class EngineError extends ProductError {
  readonly code = 'engine-failed';
  readonly httpStatus = 500;
}
