import { describe, expect, it } from 'vitest';
import { AnswerText } from './answer-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const oneByOne = (text: string): Uint8Array[] => [...utf8(text)].map((byte) => Uint8Array.of(byte));

function deltas(pieces: readonly Uint8Array[], stop: readonly string[] = []): { texts: string[]; stopped: boolean } {
  const answer = new AnswerText(stop);
  const texts: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = answer.push(piece);
    texts.push(text);
    if (stopped) return { texts, stopped };
  }
  return { texts: [...texts, answer.finish()], stopped: false };
}

describe('characters', () => {
  it('waits for the last byte of an emoji', () => {
    expect(deltas(oneByOne('😀!')).texts).toEqual(['', '', '', '😀', '!', '']);
  });

  it('keeps Javanese script whole when it comes as byte tokens between words', () => {
    const { texts } = deltas([utf8('aksara '), ...oneByOne('ꦗꦮ'), utf8(' Jawa')]);
    expect(texts).toEqual(['aksara ', '', '', 'ꦗ', '', '', 'ꦮ', ' Jawa', '']);
  });

  it('shows a wrong byte as one replacement character and goes on', () => {
    expect(deltas([utf8('a'), Uint8Array.of(0xf0), utf8('b')]).texts.join('')).toBe('a\uFFFDb');
  });

  it('leaves out a character that never became whole', () => {
    expect(deltas([utf8('a'), ...oneByOne('ꦗ').slice(0, 2)]).texts.join('')).toBe('a');
  });
});

describe('the first space', () => {
  it.each([
    [[' PPN', ' adalah'], 'PPN adalah'],
    [[' ', ' PPN'], ' PPN'],
    [['', ' PPN'], 'PPN'],
    [['PPN', ' adalah'], 'PPN adalah'],
    [['\nPPN'], '\nPPN'],
  ])('%j gives %j', (pieces, expected) => {
    expect(deltas(pieces.map(utf8)).texts.join('')).toBe(expected);
  });
});

describe('stop strings', () => {
  it('ends before one that spans tokens, showing none of it', () => {
    const { texts, stopped } = deltas(['11 persen', '\n', '\nPerta', 'nyaan: lagi'].map(utf8), ['\n\nPertanyaan:']);
    expect(texts).toEqual(['11 persen', '', '', '']);
    expect(stopped).toBe(true);
  });

  it('gives back what only looked like one', () => {
    expect(deltas(['a\n', '\nPer', 'sen', '\n'].map(utf8), ['\n\nPertanyaan:']).texts).toEqual(['a', '', '\n\nPersen', '', '\n']);
  });

  it('takes the earliest of several', () => {
    expect(deltas([utf8('satu. dua; tiga')], [';', '.'])).toEqual({ texts: ['satu'], stopped: true });
  });

  it('finds one that begins inside a false start', () => {
    expect(deltas(['aa', 'ab'].map(utf8), ['aab']).texts.join('')).toBe('a');
  });

  it('ignores an empty stop string', () => {
    expect(deltas([utf8('satu')], ['']).texts.join('')).toBe('satu');
  });
});
