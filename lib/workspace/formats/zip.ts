/**
 * Reads ZIP archives that strangers made. Only the central directory is believed, and only as far as it is checked: every
 * entry is unpacked into no more than the bytes it declares, and compared with its length and its CRC-32. No checksum guards that
 * directory itself, so it must fill its declared place, and name every entry as the entry's own header does.
 */
import { isUtf8 } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';
import { mebibytes, UnreadableFile, type ReadingLimits } from './limits.ts';

export interface ZipEntry {
  /** As it stands in the archive, `/` between folders. */
  readonly name: string;
  /** Bytes once unpacked, as declared. */
  readonly size: number;
  readonly isSymbolicLink: boolean;
  /** Throws UnreadableFile when the entry is damaged or not what it declares. */
  read(): Uint8Array;
}

const notZip = (): UnreadableFile => new UnreadableFile({ id: 'not-zip', facts: {} });
const unreadableContents = (): UnreadableFile => new UnreadableFile({ id: 'zip-contents', facts: {} });
/** What the format does not allow. */
const damagedEntry = (entry: string, cause: string): UnreadableFile => new UnreadableFile({ id: 'zip-entry', facts: { entry: shown(entry), cause } });
/** An entry's name as it is told; it may be as long as whoever made the archive likes. */
export const shown = (entry: string): string => entry.slice(0, LONGEST_ENTRY_SHOWN);
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_ENTRY_SHOWN = 120;
const LONGEST_COMMENT = 0xffff;
const NOT_IN_ZIP32 = 0xffffffff;
const [STORED, DEFLATED] = [0, 8];
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

/** The files of an archive, folders left out. Throws UnreadableFile for one that is damaged, encrypted or too large. */
export function readZip(bytes: Uint8Array, limits: Pick<ReadingLimits, 'unpackedBytes' | 'archiveEntries'>): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return entriesOf(bytes, view, limits);
  } catch (error) {
    // Every offset comes from the file; one that points past its end is a RangeError here.
    if (error instanceof RangeError) throw notZip();
    throw error;
  }
}

function entriesOf(bytes: Uint8Array, view: DataView, limits: Pick<ReadingLimits, 'unpackedBytes' | 'archiveEntries'>): ZipEntry[] {
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  if (count > limits.archiveEntries) throw new UnreadableFile({ id: 'too-many-files', facts: { files: count, limit: limits.archiveEntries } });
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const start = view.getUint32(end + 16, true);
  let [at, unpacked] = [start, 0];
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== CENTRAL) throw unreadableContents();
    const flags = view.getUint16(at + 8, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const [packedSize, size] = [20, 24].map((offset) => view.getUint32(at + offset, true));
    const stored = bytes.subarray(at + 46, at + 46 + nameLength);
    const name = new TextDecoder(flags & 0x800 ? 'utf-8' : isUtf8(stored) ? 'utf-8' : 'latin1').decode(stored);
    if (flags & 1) throw new UnreadableFile({ id: 'encrypted', facts: {} });
    if (size === NOT_IN_ZIP32 || packedSize === NOT_IN_ZIP32) throw new UnreadableFile({ id: 'too-large', facts: { limit: '4 GiB' } });
    unpacked += size;
    if (unpacked > limits.unpackedBytes) throw new UnreadableFile({ id: 'unpacks-too-large', facts: { limit: mebibytes(limits.unpackedBytes) } });
    if (names.has(name)) throw new UnreadableFile({ id: 'zip-twice', facts: { entry: shown(name) } });
    names.add(name);
    if (name.endsWith('/') && size > 0) throw new UnreadableFile({ id: 'zip-folder', facts: { entry: shown(name) } });
    const header = { name, stored, size, packedSize, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), local: view.getUint32(at + 42, true) };
    const isSymbolicLink = ((view.getUint32(at + 38, true) >>> 16) & UNIX_TYPE) === UNIX_LINK;
    if (!name.endsWith('/')) entries.push({ name, size, isSymbolicLink, read: () => unpack(bytes, view, header) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  const listed = view.getUint16(end + 8, true);
  if (listed !== count || at !== start + view.getUint32(end + 12, true)) throw unreadableContents();
  return entries;
}

function endOfDirectory(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  throw notZip();
}

interface EntryHeader {
  readonly name: string;
  /** The same as bytes. */
  readonly stored: Uint8Array;
  readonly size: number;
  readonly packedSize: number;
  readonly method: number;
  readonly crc: number;
  /** Where the entry's own header begins. */
  readonly local: number;
}

function unpack(bytes: Uint8Array, view: DataView, { name, stored, size, packedSize, method, crc, local }: EntryHeader): Uint8Array {
  let content: Uint8Array;
  try {
    if (view.getUint32(local, true) !== LOCAL) throw damagedEntry(name, 'is not where the table of contents says');
    const nameLength = view.getUint16(local + 26, true);
    if (Buffer.compare(bytes.subarray(local + 30, local + 30 + nameLength), stored) !== 0) throw damagedEntry(name, 'has another name in its own header');
    const start = local + 30 + nameLength + view.getUint16(local + 28, true);
    const packed = bytes.subarray(start, start + packedSize);
    if (method === STORED) content = packed;
    else if (method === DEFLATED) content = size === 0 ? new Uint8Array() : inflateRawSync(packed, { maxOutputLength: size });
    else throw new UnreadableFile({ id: 'zip-packing', facts: { entry: shown(name), method } });
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damagedEntry(name, 'cannot be unpacked, or is larger than it says');
  }
  if (content.length !== size || crc32(content) !== crc) throw damagedEntry(name, 'is not what its checksum says');
  return content;
}
