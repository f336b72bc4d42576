/** Answers as lines of text for a terminal. Pure: what it returns depends on what it is given alone. */
import type { CollectedAnswer } from '../answer/collect.ts';
import { MEMORY_MARGIN, type RuledOut } from '../answer/events.ts';

export interface ArmView {
  readonly label: string;
  readonly collected: CollectedAnswer;
}

/** Lines of at most `width` characters: per arm its name, passages, answer and timings. */
export function answerLines(arms: readonly ArmView[], width: number): string[] {
  return arms.flatMap(({ label, collected }) => [
    label,
    ...passageLines(collected, width),
    ...wrap(plain(collected.answer.trim()) || (isOver(collected) ? '' : '…'), width, '  '),
    ...figureLines(collected, width),
    ...draftLines(collected, width),
    ...endLines(collected, width),
    '',
  ]);
}

const isOver = ({ finish, problem }: CollectedAnswer): boolean => finish !== null || problem !== null;

/** Used passages have a star, and the one the answer cites two. */
const passageLines = ({ passages, citedPassageId }: CollectedAnswer, width: number): string[] =>
  (passages ?? []).map(({ id, rank, used, score, documentTitle, headings, source }) =>
    cut(`  ${rank}${id === citedPassageId ? '**' : used ? '* ' : '  '} ${score.toFixed(4)}  ${plain([documentTitle, ...headings].join(' › '))}${source ? ` (${plain(source)})` : ''}`, width),
  );

/** As the page says it below an answer. */
const figureLines = ({ figuresNotFound }: CollectedAnswer, width: number): string[] =>
  figuresNotFound.length === 0 ? [] : wrap(plain(`No passage that was read has these figures or dates: ${figuresNotFound.join(', ')}. Check them before you rely on them.`), width, '  ');

const RULED_OUT: Readonly<Record<RuledOut, string>> = { figures: 'no sentence of these passages has its figures and half of its words', cut: 'it never came to an end', empty: 'it says nothing' };

/** Which of its two answers an arm kept, and what the other says. */
function draftLines({ drafts }: CollectedAnswer, width: number): string[] {
  if (drafts.length === 0) return [];
  if (drafts.every(({ text }) => text === drafts[0].text)) return wrap('Answered twice, from these passages and from memory: both say the same.', width, '  ');
  const named = drafts.map(({ taught, leastLikely, text, ruledOut }, order) =>
    `from ${taught ? 'memory' : 'these passages'}${order === 0 ? ' (kept)' : `, "${plain(text)}"`}, least likely token ${percent(leastLikely)}${ruledOut ? `, ruled out: ${RULED_OUT[ruledOut]}` : ''}`);
  return wrap(`Answered twice: ${named.join('; ')}. Memory is kept if its least likely token is at least ${MEMORY_MARGIN} times as likely as the other's and, where it names figures, a sentence of these passages has them and half of its words.`, width, '  ');
}

function endLines({ timings, finish, problem }: CollectedAnswer, width: number): string[] {
  if (problem) return wrap(plain(`${problem.message}${problem.remedy ? ` ${problem.remedy}` : ''}`), width, '  ! ');
  if (!timings) return [];
  const { timeToFirstTokenMs, tokensPerSecond, totalMs, promptTokens, completionTokens, retrievalMs } = timings;
  const parts = [
    timeToFirstTokenMs !== null && `first token ${seconds(timeToFirstTokenMs)}`,
    tokensPerSecond !== null && `${tokensPerSecond.toFixed(1)} tokens/s`,
    `total ${seconds(totalMs)}`,
    retrievalMs !== undefined && `retrieval ${seconds(retrievalMs)}`,
    `prompt ${promptTokens} tokens`,
    `answer ${completionTokens} tokens${finish === 'length' ? ' (cut at the limit)' : finish === 'cancelled' ? ' (stopped)' : ''}`,
  ];
  return wrap(parts.filter(Boolean).join(' · '), width, '  ');
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

/** Text of documents and models without what a terminal would obey. */
const plain = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const cut = (line: string, width: number): string => (line.length <= width ? line : `${line.slice(0, width - 1)}…`);

function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => cut(indent + each, width));
}

/** Redraws its lines in place; the last rows of a drawing that is taller than the terminal. */
export class LiveLines {
  private drawn = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  draw(lines: readonly string[]): void {
    const visible = lines.slice(-Math.max(1, this.stream.rows - 1));
    this.stream.write(`${this.back()}${visible.map((line) => `${line}\n`).join('')}`);
    this.drawn = visible.length;
  }

  /** All lines, for good. */
  finish(lines: readonly string[]): void {
    this.stream.write(`${this.back()}${lines.map((line) => `${line}\n`).join('')}`);
    this.drawn = 0;
  }

  private back(): string {
    return this.drawn > 0 ? `\x1b[${this.drawn}A\x1b[J` : '';
  }
}
