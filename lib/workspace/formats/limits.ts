import { skipReasonText, type SkipReason } from '../../messages/skipped.ts';

/** How much of somebody else's file is taken in. Generous for what a person writes, small for what a machine can survive. */
export interface ReadingLimits {
  readonly fileBytes: number;
  readonly pages: number;
  /** What the files within a ZIP archive (a DOCX is one) come to when they are unpacked. */
  readonly unpackedBytes: number;
  readonly archiveEntries: number;
  /** Of the text that comes out. */
  readonly characters: number;
  readonly milliseconds: number;
  /** By which the process may grow while one file is read. */
  readonly memoryBytes: number;
}

const MIB = 1024 * 1024;

export const READING_LIMITS: ReadingLimits = {
  fileBytes: 50 * MIB,
  pages: 2_000,
  unpackedBytes: 200 * MIB,
  archiveEntries: 5_000,
  characters: 20_000_000,
  milliseconds: 60_000,
  memoryBytes: 1_536 * MIB,
};

export const mebibytes = (bytes: number): string => `${Math.round((bytes / MIB) * 10) / 10} MiB`;

/** A file that cannot be taken, told in English. */
export class UnreadableFile extends Error {
  constructor(readonly why: SkipReason) {
    super(skipReasonText(why));
  }
}
