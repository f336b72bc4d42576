/** An id that nothing else has. Not by `randomUUID`: browsers leave that out of a page that came over plain http from another machine. */
export const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
