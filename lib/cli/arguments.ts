/** What the commands have in common: reading arguments, telling failures, stopping on Ctrl-C, leaving. */
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { APPROACH_IDS, type ApproachId } from '../answer/events.ts';
import { ProductError } from '../system/errors.ts';

/** The command was called in a way it does not know; its usage is shown and it exits with 2. */
export class UsageError extends Error {}

/**
 * Runs a command and ends the process: 0 when it resolves, or with the number it resolves to; 2 with the usage for a
 * UsageError; 1 for a failure; 130 after Ctrl-C, which aborts the signal first. `--help` shows the usage.
 */
export async function runCommand(usage: string, command: (signal: AbortSignal) => Promise<number | void>): Promise<void> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage);
    return;
  }
  const controller = new AbortController();
  stopOnSignals(controller);
  // Models live in threads that let go of the process when nobody asks them; a command that waits for one to end stays.
  setInterval(() => {}, 2 ** 30);
  const status = await command(controller.signal).catch((error: unknown) => (controller.signal.aborted ? 130 : tellFailure(error, usage)));
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))));
  process.exit(controller.signal.aborted ? 130 : (status ?? 0));
}

/** The first Ctrl-C ends in good order, another one a second later at once. (npm passes on what the terminal has sent us already.) */
function stopOnSignals(controller: AbortController): void {
  let stoppedAt: number | null = null;
  const stop = () => {
    if (stoppedAt !== null && performance.now() - stoppedAt > 1000) process.exit(130);
    stoppedAt ??= performance.now();
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function tellFailure(error: unknown, usage: string): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
  if (error instanceof ProductError) console.error(`${error.message}${error.remedy ? `\n${error.remedy}` : ''}`);
  else console.error(error);
  return 1;
}

/** node's parseArgs with its complaints as UsageErrors. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** `rag,fine-tuned` as a list without repeats. */
export function readArms(text: string): ApproachId[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()).filter(Boolean))];
  const unknown = names.filter((name) => !(APPROACH_IDS as readonly string[]).includes(name));
  if (unknown.length > 0 || names.length === 0) throw new UsageError(`--arms takes one or more of ${APPROACH_IDS.join(', ')}, with commas between${unknown.length > 0 ? `; "${unknown[0]}" is none of them` : ''}.`);
  return names as ApproachId[];
}

/** A number given as an option; `undefined` when it was not given. */
export function readNumber(name: string, text: string | undefined, { least = 0, most = Number.MAX_SAFE_INTEGER, whole = false } = {}): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} takes a ${whole ? 'whole ' : ''}number ${range}, not "${text}".`);
}

/** One of the words that an option takes; `undefined` when it was not given. */
export function readChoice<Choice extends string>(name: string, text: string | undefined, choices: readonly Choice[]): Choice | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (!found) throw new UsageError(`--${name} takes one of ${choices.join(', ')}, not "${text}".`);
  return found;
}

/** The command as a person would type it again. Results are published, and where files lie on a machine is nobody's business: of an absolute path only the last name is kept. */
export const commandLine = (script: string): string =>
  [`npm run ${script} --`, ...process.argv.slice(2).map((argument) => quoted(path.isAbsolute(argument) ? path.basename(argument) : argument))].join(' ');

const quoted = (argument: string): string => (/^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument));
