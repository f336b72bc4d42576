/**
 * Makes an approach out of two choices: whether it looks things up, and whether the model was taught. Everything else -
 * prompt, generation, timings, errors - is the same for all, so that the comparison stays fair.
 */
import { createHash } from 'node:crypto';
import type { AnswerOptions, Approach, Question } from '../answer/approach.ts';
import { MEMORY_MARGIN, type AdapterSummary, type AnswerEvent, type AppliedAdapter, type ApproachId, type Draft, type Language } from '../answer/events.ts';
import type { Passage } from '../answer/passage.ts';
import type { AdapterChoice, GenerationEngine, GenerationRequest, StackedAdapter } from '../generate/types.ts';
import { CitationStream, splitCitation } from '../prompt/citation.ts';
import { fineTunedPrompt, STOP } from '../prompt/fine-tuned.ts';
import { PASSAGE_LIMIT, passagesThatFit, ragPrompt } from '../prompt/rag.ts';
import { figuresSupported, findSupports } from '../retrieve/support.ts';
import { carryingPassage, figuresNotIn, sourceText } from '../retrieve/supported-figures.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { toProblem } from '../system/problem.ts';
import { readOrRemember, type ChosenEvent, type Writer, type WrittenDraft } from './reading-or-memory.ts';

export interface ApproachDescription {
  readonly id: ApproachId;
  readonly label: Readonly<Record<Language, string>>;
  /** Whether it looks passages up. */
  readonly retrieves: boolean;
  /** Whether it was taught the workspace's facts. */
  readonly taught: boolean;
}

/** What an approach asks; injected so that tests and evaluation can bring their own. */
export interface ApproachServices {
  readonly engine: GenerationEngine;
  index(workspace: string | undefined): Promise<DocumentIndex>;
  /** Name of the adapter that was taught this workspace. */
  adapter(workspace: string | undefined): Promise<string>;
  /** What an adapter says of itself. */
  adapterSummary(name: string): Promise<AdapterSummary>;
  /** Name of the adapter that was taught to read and to answer, from no workspace: it lies beneath every arm. */
  readonly reader: string;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

const DEFAULT_NEW_TOKENS = 96;

/** An arm of this description. Whatever fails is told as its last event, `answer-error`; the iteration itself never throws. */
export function createApproach(description: ApproachDescription, services: ApproachServices): Approach {
  return {
    id: description.id,
    label: description.label,
    async *answer(question, options, signal) {
      try {
        yield* answerEvents(description, services, question, options, signal);
      } catch (error) {
        yield { type: 'answer-error', problem: toProblem(error) };
      }
    },
  };
}

async function* answerEvents({ id, retrieves, taught }: ApproachDescription, services: ApproachServices, question: Question, options: AnswerOptions, signal: AbortSignal): AsyncIterable<AnswerEvent> {
  const started = services.now();
  const found = retrieves ? await retrieve(services, question, options) : null;
  const retrievalMs = found ? services.now() - started : undefined;
  if (found) yield { type: 'passages-available', passages: found.passages, retrievalMs: retrievalMs! };

  const used = found?.passages.filter((passage) => passage.used) ?? [];
  const asked = (prompt: string, adapters: readonly AdapterChoice[]): GenerationRequest =>
    ({ prompt, adapters, maxNewTokens: options.maxNewTokens ?? DEFAULT_NEW_TOKENS, temperature: options.temperature, seed: options.seed, stop: STOP });
  const reading = found && asked(ragPrompt(question.text, used, question.language), [{ name: services.reader }]);
  const unaided = found && !taught ? null : asked(fineTunedPrompt(question.text, question.language), taught ? await taughtStack(services, options) : [{ name: services.reader }]);
  // Shown passages, what was taught talks over what stands there (docs/experiments/fine-tuning.md): it is asked apart, and one answer kept.
  const generation: AsyncIterable<ChosenEvent> = reading && unaided
    ? readOrRemember(services.engine, { reading, memory: unaided, margin: MEMORY_MARGIN, ruleOut: (answer) => ruleOut(splitCitation(answer).text, used) }, services.now, signal)
    : services.engine.generate((reading ?? unaided)!, signal);
  const promptHash = createHash('sha256').update([reading, unaided].flatMap((request) => request?.prompt ?? []).join('\n')).digest('hex');

  let writer: Writer = found ? 'reading' : 'memory';
  let visible = new CitationStream(used.length);
  let text = '';
  for await (const event of generation) {
    switch (event.type) {
      case 'queued':
        yield { type: 'answer-queued', approach: id, position: event.position };
        break;
      case 'started':
        yield {
          type: 'answer-start', approach: id, questionId: question.id, promptTokens: event.promptTokens,
          // What the pane says the model was taught: learning to read is not learning the answer. The hashes below name both.
          adapter: taught ? event.adapters.at(-1)!.summary : null,
          provenance: { baseHash: event.baseHash, adapters: event.adapters.map(applied), promptHash, indexHash: found?.indexHash ?? null },
        };
        break;
      case 'chosen':
        writer = event.writer;
        // A number that memory writes is of no passage that it saw.
        if (writer === 'memory') visible = new CitationStream(0);
        break;
      case 'text': {
        const shown = visible.push(event.text);
        text += shown;
        if (shown !== '') yield { type: 'text-delta', text: shown };
        break;
      }
      case 'ended': {
        const { text: rest, cited } = visible.finish();
        text += rest;
        if (rest !== '') yield { type: 'text-delta', text: rest };
        const supports = findSupports(text, used);
        // Memory names no passage; what supports it is the nearest there is.
        const passageId = writer === 'memory' ? supports[0]?.passageId : cited !== null && carryingPassage(text, used[cited - 1], used).id;
        if (passageId) yield { type: 'citation-available', passageId };
        // What the question says itself is no claim of the answer's.
        if (used.length > 0) yield { type: 'supports-available', supports, figuresNotFound: figuresNotIn(text, `${question.text}\n${sourceText(used)}`) };
        if (event.drafts) yield { type: 'drafts-available', drafts: event.drafts.map(toDraft) };
        const { timeToFirstTokenMs, totalMs } = event.timings;
        // The engine's clock starts when the prompt reaches it; the reader has waited for retrieval before.
        const before = retrievalMs ?? 0;
        yield {
          type: 'answer-end',
          finish: event.finish,
          timings: { ...event.timings, retrievalMs, timeToFirstTokenMs: timeToFirstTokenMs === null ? null : timeToFirstTokenMs + before, totalMs: totalMs + before },
        };
      }
    }
  }
}

/** What an answer from memory says must not be at odds with what was read; of what can be told by its words, that is its figures. */
function ruleOut(answer: string, read: readonly Passage[]): 'figures' | 'empty' | null {
  if (answer === '') return 'empty';
  return figuresSupported(answer, read) ? null : 'figures';
}

const toDraft = ({ writer, text, ...draft }: WrittenDraft): Draft => ({ taught: writer === 'memory', text: splitCitation(text).text, ...draft });

/**
 * What a taught arm lays over the base weights, the lowest first: what its adapter was trained on top of, then the adapter itself.
 * Strength is of what was taught alone: at 0 the arm still stands where teaching began.
 */
async function taughtStack(services: ApproachServices, { workspace, adapter, strength }: AnswerOptions): Promise<AdapterChoice[]> {
  const name = adapter ?? (await services.adapter(workspace));
  const { beneath } = await services.adapterSummary(name);
  return [...(beneath ? [{ name: beneath.name }] : []), { name, scale: strength }];
}

const applied = ({ summary, scale }: StackedAdapter): AppliedAdapter => ({ name: summary.name, hash: summary.hash, strength: scale });

async function retrieve(services: ApproachServices, question: Question, options: AnswerOptions): Promise<{ passages: Passage[]; indexHash: string }> {
  const index = await services.index(options.workspace);
  const { passages, indexHash } = await index.search(question.text, PASSAGE_LIMIT);
  const fit = passagesThatFit(passages);
  return { passages: passages.map((passage, order) => ({ ...passage, used: order < fit })), indexHash };
}
