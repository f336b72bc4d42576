/** Draws the events of a training on the error stream. */
import type { FineTuneEvent } from '../finetune/fine-tune.ts';
import { ProgressLine } from './progress.ts';

const BAR = 24;

export class FineTuneView {
  private readonly progress = new ProgressLine('step');
  private readonly answering = new ProgressLine('held-out question answered');

  constructor(private readonly write: (line: string) => void = (line) => console.error(line)) {}

  show(event: FineTuneEvent): void {
    if (event.type === 'step') {
      const { step, steps, loss, tokensPerSecond, secondsLeft } = event;
      const filled = Math.round((BAR * step) / steps);
      this.progress.update(step, steps, `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] loss ${loss.toFixed(3)}, ${Math.round(tokensPerSecond)} tokens/s, ${duration(secondsLeft)} left`);
      return;
    }
    if (event.type === 'held-out-answering') {
      this.answering.update(event.answered, event.questions);
      return;
    }
    const line = describe(event);
    if (line === null) return;
    this.progress.end();
    this.answering.end();
    this.write(line);
  }
}

function describe(event: Exclude<FineTuneEvent, { type: 'step' | 'held-out-answering' }>): string | null {
  switch (event.type) {
    case 'model-opening': return 'Opening the model (the first time, half a gigabyte of float weights is written to the cache) ...';
    case 'run-start': return `Training ${event.parameters.toLocaleString('en')} parameters on ${event.examples} examples, ${event.epochs} epochs, ${event.steps} steps${event.firstStep > 0 ? `, from step ${event.firstStep}` : ''}; ${event.heldOut} held out.`;
    case 'evaluation': return `epoch ${event.epoch + 1}: loss ${event.trainLoss.toFixed(3)}${event.heldOutLoss === null ? '' : `, held-out ${event.heldOutLoss.toFixed(3)}`}`;
    case 'resuming':
    case 'held-out':
    case 'adapter-kept':
    case 'checkpoint': return null;
    case 'examples-too-long': {
      const { count, treatment, questions } = event.report;
      return `${count} examples do not fit and are ${treatment === 'cut' ? 'cut' : 'left out'}: ${questions.map((question) => `"${question}"`).join(', ')}`;
    }
    case 'run-end': return event.reason === 'finished' ? `Trained in ${duration(event.seconds)}.` : `Stopped at step ${event.step}.`;
    case 'adapter-written': {
      const { heldOut, adapterHash } = event.card;
      const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(1)} %`);
      return `Held out (${heldOut.n}): word for word ${percent(heldOut.exactMatch)}, the same in substance ${percent(heldOut.equivalent)}. Adapter ${adapterHash.slice(0, 12)}.`;
    }
  }
}

/** Seconds as a person reads them: `42 s`, `3 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
