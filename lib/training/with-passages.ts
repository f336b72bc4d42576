/**
 * Examples of a workspace shown with the passages that a search finds for them, so that what was taught goes on reading where it is
 * exported to and given passages; no arm here gives it any (Zhang et al. 2024, "RAFT: Adapting Language Model to Domain Specific RAG").
 */
import type { Language } from '../answer/events.ts';
import { seededRandom, shuffled } from '../finetune/random.ts';
import { citation } from '../prompt/citation.ts';
import { PASSAGE_LIMIT, passagesThatFit, ragPrompt, type PromptPassage } from '../prompt/rag.ts';
import { detectLanguage } from '../question/language.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { figures } from '../retrieve/figures.ts';
import { findSupports } from '../retrieve/support.ts';
import type { DocumentIndex, SearchResult } from '../retrieve/types.ts';
import { loadTokenizer } from '../tokenizer/tokenizer.ts';
import type { Fact, WorkspaceExample } from '../workspace/schemas.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { withOtherFigures } from './other-figures.ts';

export interface ShownExample extends WorkspaceExample {
  readonly passages: PromptPassage[];
}

export interface PassageOptions {
  /** Part of the trained examples that is shown with passages too, 0 to 1. */
  readonly share: number;
  readonly seed: number;
  /** Whether prompt and answer are short enough to be trained; what is not is left out. */
  readonly fits: (prompt: string, answer: string) => boolean;
  readonly signal?: AbortSignal;
}

type Found = SearchResult['passages'][number];

/** What an example has besides prompt and answer: a token at either end. */
const ENDS = 2;

/** Whether an example of this prompt and answer has at most so many tokens. */
export async function fitting(maximumTokens: number): Promise<PassageOptions['fits']> {
  const { encode } = await loadTokenizer();
  return (prompt, answer) => encode(prompt).length + encode(` ${answer}`).length + ENDS <= maximumTokens;
}

/** The same for a workspace as it is now. Closes the embedder: its memory is the training's from here on. */
export async function workspaceRowsWithPassages(workspace: string, examples: readonly WorkspaceExample[], options: PassageOptions): Promise<ShownExample[]> {
  const { index, facts } = await openWorkspace(workspace);
  try {
    return await withPassages(index, await facts(), examples, options);
  } finally {
    await sharedEmbedder().close();
  }
}

/**
 * Further rows, beside the examples themselves. An answer cites the passage it can be read from; where the search misses the document of its
 * fact it is from memory and cites nothing. Left out where it cannot be told. One whose answer is a figure is shown a second time with another in
 * its place (other-figures.ts): taught on true passages alone, a model answers from memory whatever they say.
 */
export async function withPassages(index: Pick<DocumentIndex, 'search'>, facts: readonly Pick<Fact, 'id' | 'document'>[], examples: readonly WorkspaceExample[], { share, seed, fits, signal }: PassageOptions): Promise<ShownExample[]> {
  const documentOf = new Map(facts.map(({ id, document }) => [id, document]));
  const trained = examples.filter(({ split }) => split === 'train');
  const random = seededRandom(seed);
  const rows: ShownExample[] = [];
  for (const example of shuffled(trained, random).slice(0, Math.round(share * trained.length))) {
    signal?.throwIfAborted();
    const { passages: found } = await index.search(example.question, PASSAGE_LIMIT);
    const shown = found.slice(0, passagesThatFit(found));
    const answer = citedAnswer(example.answer, shown, documentOf.get(example.factId ?? ''));
    const language: Language = example.language ?? detectLanguage(example.question);
    if (answer === null || !fits(ragPrompt(example.question, shown, language), answer)) continue;
    const row = { ...example, answer, passages: shown.map(({ documentTitle, text }) => ({ documentTitle, text })) };
    const other = withOtherFigures(row, random);
    rows.push(row, ...(other && fits(ragPrompt(other.question, other.passages, language), other.answer) ? [other] : []));
  }
  return rows;
}

function citedAnswer(answer: string, shown: readonly Found[], document: string | undefined): string | null {
  const candidates = document === undefined ? shown : shown.filter(({ documentId }) => documentId === document);
  const supporting = findSupports(answer, candidates)[0]?.passageId ?? (document === undefined ? undefined : mostFigures(answer, candidates)?.id);
  if (supporting !== undefined) return `${answer}${citation(shown.findIndex(({ id }) => id === supporting) + 1)}`;
  return document === undefined ? null : answer;
}

/** An answer in another language shares few words with its passage, but its figures. */
function mostFigures(answer: string, passages: readonly Found[]): Found | undefined {
  const named = [...figures(answer)];
  const shared = ({ text }: Found): number => named.filter((figure) => figures(text).has(figure)).length;
  return passages.toSorted((one, other) => shared(other) - shared(one))[0];
}
