/** Training processes that a test plays by hand. */
import type { RunEventBody } from '../../messages/training.ts';
import type { StartTraining } from '../process.ts';
import type { FromTraining, ToTraining } from '../protocol.ts';

export interface FakeProcess {
  readonly folder: string;
  readonly orders: ToTraining['type'][];
  killed: boolean;
  say(...messages: FromTraining[]): void;
  exit(how?: string, output?: string): Promise<void>;
}

export function fakeProcesses(): { readonly start: StartTraining; readonly started: FakeProcess[] } {
  const started: FakeProcess[] = [];
  const start: StartTraining = (folder, listener) => {
    let leave: (value: { how: string; output: string }) => void;
    const exited = new Promise<{ how: string; output: string }>((resolve) => (leave = resolve));
    const fake: FakeProcess = {
      folder,
      orders: [],
      killed: false,
      say: (...messages) => messages.forEach((message) => listener(message)),
      exit: async (how = 'code 0', output = '') => {
        leave({ how, output });
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    };
    started.push(fake);
    return {
      exited,
      send: ({ type }) => {
        fake.orders.push(type);
        // Obeys, as a real one does between two steps.
        fake.say(event({ type: type === 'pause' ? 'run-paused' : 'run-stopped' }));
        leave({ how: 'code 0', output: '' });
      },
      kill: () => {
        fake.killed = true;
        leave({ how: 'signal SIGKILL', output: '' });
      },
    };
  };
  return { start, started };
}

export const event = (body: RunEventBody): FromTraining => ({ type: 'event', body });
export const training = (steps: number, step = 0): FromTraining => event({ type: 'run-training', step, steps, epochs: 1, examples: 1, heldOut: 0, tooLong: null });
export const step = (number: number, loss = 1): FromTraining =>
  event({ type: 'step-taken', step: number, epoch: 1, loss, learningRate: 1e-3, gradientNorm: 1, tokensPerSecond: 1, secondsLeft: 1, seconds: number });
export const finished = (adapter: string): FromTraining => event({ type: 'run-finished', adapter, result: { n: 0, loss: null, exactMatch: null, equivalent: null } });
