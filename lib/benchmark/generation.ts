/** How fast the engine answers: alone, both arms together, and rows decoding side by side. */
import { productServices, workspaceAdapter } from '../approaches/index.ts';
import { readAdapterSummary } from '../generate/adapters.ts';
import { generationEngine } from '../generate/engine.ts';
import type { AdapterChoice, GenerationRequest, GenerationTimings } from '../generate/types.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { WORKSPACE, wordsOf, wordsThatMeasure, workspaceDocuments } from './material.ts';
import type { OpenBenchmark, Reading, Variant } from './types.ts';

const RAG_TOKENS = 480;
const ANSWER_TOKENS = 64;
const DECODED_TOKENS = 128;
/** Short prompts that differ from row to row. */
const COUNTING = ['satu, dua, tiga, empat, lima, enam, tujuh,', 'senin, selasa, rabu, kamis, jumat, sabtu, minggu,'];
const SHORT_TOKENS = 15;

/** The adapters of the arms, as they are stacked for an answer. */
async function stacks(): Promise<Record<'rag' | 'taught', AdapterChoice[]>> {
  const taught = await workspaceAdapter(WORKSPACE);
  const { beneath } = await readAdapterSummary(taught);
  return { rag: [{ name: productServices().reader }], taught: [...(beneath ? [{ name: beneath.name }] : []), { name: taught }] };
}

/** Answers of one length, whatever the arms would say. */
const exactly = (tokens: number) => ({ minNewTokens: tokens, maxNewTokens: tokens });

interface Finished extends GenerationTimings {
  /** Seconds from the start of the round. */
  readonly firstToken: number;
  readonly end: number;
}

async function finish(request: GenerationRequest, signal: AbortSignal): Promise<Finished> {
  const started = performance.now();
  let firstToken: number | null = null;
  for await (const event of generationEngine().generate(request, signal)) {
    if (event.type === 'text') firstToken ??= (performance.now() - started) / 1000;
    if (event.type !== 'ended') continue;
    signal.throwIfAborted();
    if (event.timings.completionTokens !== request.maxNewTokens)
      throw new Error(`The model ended after ${event.timings.completionTokens} of ${request.maxNewTokens} tokens; the round cannot be compared with others. Prompt: ${request.prompt.slice(-80)}`);
    return { ...event.timings, firstToken: firstToken!, end: (performance.now() - started) / 1000 };
  }
  throw new Error('The engine ended without a last event.');
}

/** A prompt of `tokens` tokens that ends as `prompt` does, made longer or shorter by its material. */
async function promptOf(tokens: number, words: readonly string[], start: number, make: (material: string) => string): Promise<string> {
  return make(await wordsThatMeasure(words, start, tokens, (material) => generationEngine().countTokens(make(material))));
}

const close = (): Promise<void> => generationEngine().close();

/** Each arm alone, and both together: first tokens and the whole answers, in seconds. */
export async function openAnswers(): Promise<OpenBenchmark> {
  const words = wordsOf(await workspaceDocuments());
  const adapters = await stacks();
  // Other material every time: a prompt seen before would be answered from what was kept of it.
  const rag = async (round: number, prefix = ''): Promise<GenerationRequest> => {
    const make = (material: string) => `${prefix}${ragPrompt('Sebutkan isi konteks.', [{ documentTitle: 'Dokumen', text: material }], 'id')}`;
    return { prompt: await promptOf(RAG_TOKENS, words, round * 397, make), adapters: adapters.rag, ...exactly(ANSWER_TOKENS) };
  };
  const taught = async (round: number): Promise<GenerationRequest> => ({ ...(await shortRequest(round, 0)), adapters: adapters.taught, ...exactly(ANSWER_TOKENS) });
  const together = async (round: number, prefix: string, goal: boolean, signal: AbortSignal): Promise<Reading[]> => {
    const requests = [await rag(round, prefix), await taught(round)];
    const [ragArm, taughtArm] = await Promise.all(requests.map((request) => finish(request, signal)));
    return [
      { figure: 'everything done', unit: 's', value: Math.max(ragArm.end, taughtArm.end), goal: goal ? { atMost: 1.5 } : undefined },
      { figure: 'first token, RAG', unit: 's', value: ragArm.firstToken, goal: goal ? { atMost: 0.7 } : undefined },
      { figure: 'first token, fine-tuned', unit: 's', value: taughtArm.firstToken },
      { figure: 'prompt, RAG', unit: 'tokens', value: ragArm.promptTokens },
      { figure: 'of it kept from before', unit: 'tokens', value: ragArm.cachedPromptTokens },
    ];
  };
  const variants: Variant[] = [
    { name: 'RAG alone', run: async (round, signal) => aloneReadings(await finish(await rag(round), signal)) },
    { name: 'fine-tuned alone', run: async (round, signal) => aloneReadings(await finish(await taught(round + 1000), signal)) },
    { name: 'both together', run: (round, signal) => together(round + 2000, '', true, signal) },
    {
      name: 'both together, asked again',
      run: async (round, signal) => {
        await together(round + 4000, '', false, signal);
        return together(round + 4000, '', false, signal);
      },
    },
    { name: 'both together, no prompt kept', run: (round, signal) => together(round + 3000, `Catatan ${round}.\n`, false, signal) },
  ];
  return { variants, close };
}

const aloneReadings = ({ firstToken, end, tokensPerSecond }: Finished): Reading[] => [
  { figure: 'everything done', unit: 's', value: end },
  { figure: 'first token', unit: 's', value: firstToken },
  { figure: 'decoding', unit: 'tokens/s', value: tokensPerSecond! },
];

/** Fifteen tokens that begin in another way every round. */
async function shortRequest(round: number, which: number): Promise<GenerationRequest> {
  const prompt = await promptOf(SHORT_TOKENS, `${round} ${COUNTING[which]}`.split(' '), 0, (material) => material);
  return { prompt, ...exactly(DECODED_TOKENS) };
}

/** Rows that only write, alone and side by side: tokens a second, in sum. */
export async function openDecoding(): Promise<OpenBenchmark> {
  const adapters = await stacks();
  const speed = async (requests: readonly GenerationRequest[], signal: AbortSignal): Promise<number> => {
    const rows = await Promise.all(requests.map((request) => finish(request, signal)));
    return rows.reduce((sum, row) => sum + row.tokensPerSecond!, 0);
  };
  const variants: Variant[] = [
    { name: 'one row', run: async (round, signal) => [{ figure: 'decoding', unit: 'tokens/s', value: await speed([{ ...(await shortRequest(round, 0)), adapters: adapters.rag }], signal) }] },
    {
      name: 'two rows, one of each arm',
      run: async (round, signal) => {
        const requests = [{ ...(await shortRequest(round, 0)), adapters: adapters.rag }, { ...(await shortRequest(round, 1)), adapters: adapters.taught }];
        return [{ figure: 'decoding, in sum', unit: 'tokens/s', value: await speed(requests, signal), goal: { atLeast: 150 } }];
      },
    },
  ];
  return { variants, close };
}
