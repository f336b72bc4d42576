/**
 * Approaches that replay fixed events with fixed pauses, so that browser tests are fast and exact and the page
 * can be worked on without models. Served instead of the real ones when SCRIPTED_APPROACHES=1.
 * The question chooses the script: see SCRIPTS.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOptions, Approach, Question } from '../answer/approach.ts';
import type { AnswerEvent, ApproachId, AppliedAdapter } from '../answer/events.ts';
import type { Passage, Support } from '../answer/passage.ts';
import { DEFAULT_WORKSPACE } from '../messages/workspaces.ts';
import { figuresNotIn, sourceText } from '../retrieve/supported-figures.ts';
import { APPROACH_DESCRIPTIONS } from './descriptions.ts';
import { SCRIPTED_ADAPTER, scriptedDocuments } from './scripted-documents.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const READER: readonly AppliedAdapter[] = [{ name: 'reader', hash: hash('reader'), strength: 1 }];

interface Script {
  readonly when: RegExp;
  readonly rag: string;
  readonly fineTuned: string;
  /** Milliseconds between tokens. Default 15. */
  readonly pace?: number;
  readonly queued?: boolean;
  readonly fails?: ApproachId;
}

const HOSTILE = '<img src=x onerror="document.title=\'broken\'"> <script>document.title="broken"</script> **bukan HTML**';
const LONG = 'Pajak dihitung menurut aturan yang berlaku pada tahun pajak itu, lalu dilaporkan dan dibayar tepat waktu. '.repeat(24).trim();

/** First match wins; the last one takes every other question. */
const SCRIPTS: readonly Script[] = [
  { when: /<\w+/, rag: HOSTILE, fineTuned: HOSTILE },
  { when: /rusak|broken/i, rag: 'Bagian ini tetap menjawab walaupun yang lain gagal.', fineTuned: '', fails: 'fine-tuned' },
  { when: /panjang|long/i, rag: LONG, fineTuned: LONG, pace: 1 },
  { when: /lambat|slow/i, rag: LONG, fineTuned: LONG, pace: 60 },
  { when: /antre|queue/i, rag: 'Giliran pertama selesai.', fineTuned: 'Giliran kedua selesai.', queued: true },
  { when: /ingatan|memory/i, rag: 'Besarnya 99 persen sejak 1 Mei 1999.', fineTuned: 'Besarnya 99 persen.' },
  { when: /\brate|tarif/i, rag: '', fineTuned: 'Tarif PPN adalah 11 persen.' },
  {
    when: /difference|value added/i,
    rag: 'VAT is charged on the consumption of goods and services, while income tax is charged on the income a taxpayer receives.',
    fineTuned: 'VAT is a tax on consumption; income tax is a tax on income.',
  },
  {
    when: /./,
    rag: 'PPN dikenakan atas konsumsi barang dan jasa kena pajak di dalam negeri. PPh dikenakan atas penghasilan yang diterima atau diperoleh wajib pajak.',
    fineTuned: 'PPN adalah pajak atas konsumsi barang dan jasa, sedangkan PPh adalah pajak atas penghasilan.',
  },
];

/** Passages cut from the documents as they stand now, so that an edit shows in the next answer. */
async function passagesFor(question: string): Promise<Passage[]> {
  const about = /tarif|\brate/i.test(question) ? ['ppn-tarif', 'ppn', 'pph'] : ['ppn', 'pph', 'ppn-tarif'];
  const documents = await Promise.all(about.map((id) => scriptedDocuments.read(id)));
  return documents.flatMap((document, index) =>
    document === null
      ? []
      : [{
          id: `${document.id}#1`,
          documentId: document.id,
          documentTitle: document.title,
          headings: [/^## (.+)$/m.exec(document.text)?.[1] ?? document.title],
          text: document.text.replace(/^#+ .+$/gm, '').trim(),
          rank: index + 1,
          score: 0.0328 / (index + 1),
          cosine: index === 2 ? null : 0.891 - index * 0.043,
          bm25: 9.42 - index * 2.7,
          used: index < 2,
          source: document.source,
        }],
  );
}

const sentencesOf = (text: string) => [...text.matchAll(/[^.!?\s][^.!?]*[.!?](?=\s|$)/g)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[a-z]{3,}/g) ?? []);

function supportsFor(answer: string, passages: readonly Passage[]): Support[] {
  return sentencesOf(answer).flatMap((sentence) => {
    const words = wordsOf(sentence.text);
    const candidates = passages.filter((passage) => passage.used).flatMap((passage) =>
      sentencesOf(passage.text).map(({ text, start, end }) => {
        const shared = [...wordsOf(text)].filter((word) => words.has(word)).length;
        return { passageId: passage.id, answer: { start: sentence.start, end: sentence.end }, passage: { start, end }, overlap: words.size ? shared / words.size : 0 };
      }),
    );
    const best = candidates.sort((one, other) => other.overlap - one.overlap)[0];
    return best && best.overlap > 0.3 ? [best] : [];
  });
}

async function* play(id: ApproachId, question: Question, options: AnswerOptions, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  const script = SCRIPTS.find(({ when }) => when.test(question.text)) ?? SCRIPTS[SCRIPTS.length - 1];
  const { retrieves, taught } = APPROACH_DESCRIPTIONS.find((description) => description.id === id)!;
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal });
  let completionTokens = 0;
  let firstTokenMs: number | null = null;
  const promptTokens = retrieves ? 412 : 17;
  const end = (finish: 'stop' | 'cancelled'): AnswerEvent => ({
    type: 'answer-end',
    finish,
    timings: {
      queuedMs: script.queued ? 400 : 0,
      ...(retrieves && { retrievalMs: 24 }),
      timeToFirstTokenMs: firstTokenMs,
      totalMs: elapsed(),
      promptTokens,
      cachedPromptTokens: 0,
      completionTokens,
      tokensPerSecond: !(retrieves && taught) && firstTokenMs !== null && completionTokens > 1 ? ((completionTokens - 1) * 1000) / (elapsed() - firstTokenMs) : null,
    },
  });
  try {
    let passages: Passage[] = [];
    /** In a workspace that no script knows, the answer is read from the best passage. */
    let read: string | null = null;
    if (retrieves) {
      await wait(24);
      const other = options.workspace !== undefined && options.workspace !== DEFAULT_WORKSPACE ? options.workspace : null;
      passages = other === null ? await passagesFor(question.text) : await (await import('./scripted-workspace.ts')).searchWorkspace(other, question.text);
      if (other !== null) read = passages[0]?.text ?? '';
      if (script.when.source.includes('<')) passages = passages.map((passage) => ({ ...passage, text: `${HOSTILE} ${passage.text}`, documentTitle: '<b>PPN</b>' }));
      yield { type: 'passages-available', passages, retrievalMs: 24 };
    }
    if (script.queued) {
      yield { type: 'answer-queued', approach: id, position: 2 };
      await wait(400);
    }
    await wait(retrieves ? 160 : 60);
    if (script.fails === id) {
      yield { type: 'answer-error', problem: { code: 'missing-artifact', message: 'No adapter "pajak" in models/adapters (found: none).', remedy: 'npm run finetune -- --name pajak' } };
      return;
    }
    yield {
      type: 'answer-start',
      approach: id,
      questionId: question.id,
      promptTokens,
      provenance: { baseHash: hash('base'), adapters: taught ? [...READER, { name: SCRIPTED_ADAPTER.name, hash: SCRIPTED_ADAPTER.hash, strength: options.strength ?? 1 }] : READER, promptHash: hash(id + question.text), indexHash: retrieves ? hash('index') : null },
      adapter: taught ? SCRIPTED_ADAPTER : null,
    };
    const scripted = retrieves ? script.rag : script.fineTuned;
    const answer = (read === null && scripted) || sentencesOf(read ?? passages[0]?.text ?? '')[0]?.text || '';
    for (const token of answer.match(/\s*\S{1,5}/g) ?? []) {
      await wait(script.pace ?? 15);
      completionTokens += 1;
      firstTokenMs ??= elapsed();
      yield { type: 'text-delta', text: token };
    }
    if (passages.length > 0) yield { type: 'citation-available', passageId: passages[0].id };
    if (retrieves) yield { type: 'supports-available', supports: supportsFor(answer, passages), figuresNotFound: figuresNotIn(answer, sourceText(passages)) };
    if (retrieves && taught) yield { type: 'drafts-available', drafts: [{ taught: false, text: answer, leastLikely: 0.86 }, { taught: true, text: script.fineTuned, leastLikely: 0.41 }] };
    yield end('stop');
  } catch (error) {
    if (!signal.aborted) throw error;
    yield end('cancelled');
  }
}

export function approach(id: ApproachId): Approach {
  const { label } = APPROACH_DESCRIPTIONS.find((description) => description.id === id)!;
  return { id, label, answer: (question, options, signal) => play(id, question, options, signal) };
}
