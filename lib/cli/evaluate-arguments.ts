/** What `npm run eval` understands. */
import { answersWritten, APPROACH_IDS, type ApproachId } from '../answer/events.ts';
import { LEAK_COSINE } from '../evaluate/leak.ts';
import { RESAMPLES } from '../evaluate/statistics/bootstrap.ts';
import type { RunSettings } from '../messages/evaluation.ts';
import { readArguments, readArms, readNumber, UsageError } from './arguments.ts';

/** Chosen so that a quick run ends within two minutes on two cores. */
const QUICK = { sample: 36, timed: 6 };
const DEFAULTS = { concurrency: 4, timed: 40, temperature: 0.7 };
/** Answers that the engine takes at once, under way and waiting, see lib/generate/scheduler.ts. */
const ANSWERS_AT_ONCE = 20;

export const USAGE = `Usage: npm run eval -- --workspace NAME [--questions FILE.jsonl] [options]
       npm run eval -- --documents FOLDER|FILE.jsonl --questions FILE.jsonl [options]
       npm run eval -- --resume RUN | --all [--public FOLDER] | --readme
  --workspace NAME   a workspace's documents, and its own facts, questions and changes unless --questions is given
  --documents PATH   folder of documents as ingest reads them, or JSON Lines {id, title, text}; indexed for this run only
  --questions FILE   JSON Lines {id, question, answers, documents, kind?, language?, required?, cluster?}; no answers: unanswerable
  --training FILE    examples the adapter was trained on, looked through for leaks besides the workspace's own facts
  --arms A,B         ${APPROACH_IDS.join(', ')} (default: all for a workspace, rag,fine-tuned otherwise)
  --adapter NAME     adapter of the fine-tuned arms (default the workspace's)
  --quick            a stratified sample of ${QUICK.sample} questions, under two minutes
  --sample N         a stratified sample of N questions
  --limit N          only the first N questions
  --seeds N          ask everything N times with sampling (default 1: greedy); --temperature X (default ${DEFAULTS.temperature} then)
  --concurrency N    questions under way at once (default ${DEFAULTS.concurrency}); those asked alone are timed
  --timed N          so many are asked alone, one answer at a time, before the rest (default ${DEFAULTS.timed})
  --through-page     ask the served page the same questions in a browser and compare; --page URL for one that is running
  --resume RUN       go on with a run that was stopped
  --all              every workspace; --public FOLDER also the public reading sets in it
  --commit           keep the result: docs/results/NAME.json, the page's figures and the README's table
  --readme           make the README's table anew from the committed results, nothing else
  --output FILE      write the result as JSON; not with --all, whose runs are kept one file a workspace in the data directory
  --json             print the result as one JSON object`;

/** Which questions, documents and adapter a run is about. */
export interface RunSubject {
  readonly workspace: string | null;
  readonly documents: string | null;
  readonly questions: string | null;
  readonly training: string | null;
}

export interface Keeping {
  readonly commit: boolean;
  readonly output?: string;
  readonly json: boolean;
  /** Address of a page that is served already. */
  readonly page?: string;
}

export type EvaluateCommand =
  | ({ readonly type: 'run'; readonly subject: RunSubject; readonly settings: RunSettings } & Keeping)
  | ({ readonly type: 'resume'; readonly run: string } & Keeping)
  | ({ readonly type: 'all'; readonly settings: RunSettings; readonly publicFolder?: string } & Keeping)
  | { readonly type: 'readme' };

/** What the command line asks for. UsageError for options that contradict each other or are none. */
export function readEvaluateCommand(): EvaluateCommand {
  const { values } = readArguments({
    options: {
      documents: { type: 'string' }, questions: { type: 'string' }, workspace: { type: 'string' }, training: { type: 'string' }, adapter: { type: 'string' }, output: { type: 'string' },
      arms: { type: 'string' }, limit: { type: 'string' }, sample: { type: 'string' }, seeds: { type: 'string' }, temperature: { type: 'string' }, concurrency: { type: 'string' }, timed: { type: 'string' },
      resume: { type: 'string' }, public: { type: 'string' }, page: { type: 'string' },
      quick: { type: 'boolean', default: false }, 'through-page': { type: 'boolean', default: false }, all: { type: 'boolean', default: false }, readme: { type: 'boolean', default: false },
      commit: { type: 'boolean', default: false }, json: { type: 'boolean', default: false },
    },
  });
  const given = values as Partial<Record<string, string>> & typeof values;
  const keeping: Keeping = { commit: values.commit, output: values.output, json: values.json, page: values.page };
  if (values.page !== undefined && !values['through-page'] && values.resume === undefined) throw new UsageError('--page is for --through-page.');
  if (values.public !== undefined && !values.all) throw new UsageError('--public is for --all.');
  const subjects = ['documents', 'questions', 'workspace', 'training'].filter((name) => given[name] !== undefined);
  const modes = ['resume', 'all', 'readme'].filter((name) => given[name] !== undefined && (given[name] as unknown) !== false);
  if (modes.length > 1) throw new UsageError(`--${modes[0]} and --${modes[1]} do not go together.`);
  if (modes.length === 1 && subjects.length > 0) throw new UsageError(`--${modes[0]} stands without --${subjects[0]}.`);
  if (values.readme) return { type: 'readme' };
  if (values.resume !== undefined) {
    const settled = ['arms', 'limit', 'sample', 'seeds', 'temperature', 'concurrency', 'timed', 'adapter'].find((name) => given[name] !== undefined);
    if (settled !== undefined) throw new UsageError(`A run is resumed as it was begun: leave --${settled} out.`);
    return { type: 'resume', run: values.resume, ...keeping };
  }
  if (values.all && values.output !== undefined) throw new UsageError('--output takes one run, and --all makes one of each workspace: leave it out, each is kept as a file of its own in the data directory.');
  const settings = readSettings(given);
  if (values.all) return { type: 'all', settings, publicFolder: values.public, ...keeping };
  if (values.documents === undefined && values.workspace === undefined) throw new UsageError('Give --documents and --questions, or --workspace.');
  if (values.documents !== undefined && values.workspace !== undefined) throw new UsageError('Give --documents or --workspace, not both.');
  if (values.commit && (values.workspace === undefined || values.questions !== undefined)) throw new UsageError('--commit keeps the result of a workspace\'s own questions: give --workspace alone.');
  if (values.documents !== undefined && values['through-page']) throw new UsageError('--through-page asks about a workspace: the page does not know documents of a run\'s own.');
  if (values.documents !== undefined && values.questions === undefined) throw new UsageError('--documents needs --questions.');
  const { workspace = null, documents = null, questions = null, training = null } = values;
  return { type: 'run', subject: { workspace, documents, questions, training }, settings, ...keeping };
}

function readSettings(given: Partial<Record<string, string | boolean>>): RunSettings {
  const text = (name: string): string | undefined => given[name] as string | undefined;
  const whole = (name: string, least: number, most?: number): number | undefined => readNumber(name, text(name), { least, most, whole: true });
  const quick = given.quick === true;
  const arms: readonly ApproachId[] = readArms(text('arms') ?? (text('documents') === undefined ? APPROACH_IDS.join(',') : 'rag,fine-tuned'));
  const seeds = whole('seeds', 1, 100) ?? 1;
  const temperature = readNumber('temperature', text('temperature'), { most: 2 }) ?? (seeds > 1 ? DEFAULTS.temperature : 0);
  if (seeds > 1 && temperature === 0) throw new UsageError('--seeds repeats what sampling changes; at --temperature 0 every answer is the same.');
  if (given['through-page'] === true && (temperature > 0 || text('adapter') !== undefined)) throw new UsageError('--through-page asks the page as it is served, without sampling and with the workspace\'s own adapter.');
  const most = Math.floor(ANSWERS_AT_ONCE / arms.reduce((sum, arm) => sum + answersWritten(arm), 0));
  return {
    arms,
    adapter: text('adapter') ?? null,
    seeds,
    temperature,
    concurrency: whole('concurrency', 1, most) ?? Math.min(DEFAULTS.concurrency, most),
    timed: whole('timed', 0) ?? (quick ? QUICK.timed : DEFAULTS.timed),
    sample: whole('sample', 1) ?? (quick ? QUICK.sample : null),
    limit: whole('limit', 1) ?? null,
    quick,
    throughPage: given['through-page'] === true,
    leakCosine: LEAK_COSINE,
    resamples: RESAMPLES,
  };
}
