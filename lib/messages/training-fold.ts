/** What a run's events add up to. The server restores a run with it, the page follows one. */
import {
  hasEnded, LOSS_POINTS,
  type LossPoint, type RunEvent, type RunProgress, type TrainingRequest, type TrainingRunDetail, type TrainingRunSummary, type TrainingSettings,
} from './training.ts';

export interface NewRun extends Required<Pick<TrainingRequest, 'name' | 'workspace' | 'startedBy'>> {
  readonly id: string;
  readonly createdAt: string;
  readonly settings: TrainingSettings;
  readonly examples: { readonly train: number; readonly heldOut: number };
}

/** A run before its first event. */
export function newRun({ id, name, workspace, startedBy, createdAt, settings, examples }: NewRun): TrainingRunDetail {
  const progress: RunProgress = { step: 0, steps: 0, epoch: 0, epochs: settings.epochs, loss: null, heldOutLoss: null, tokensPerSecond: null, secondsLeft: null, seconds: 0, answered: null };
  return {
    id, name, workspace, startedBy, createdAt, settings, examples, progress,
    state: 'queued', startedAt: null, endedAt: null, queue: null, problem: null, resumable: false, checkpoints: 0, adapter: null,
    tooLong: null, lossStride: 1, losses: [], heldOut: [], checkpointList: [], result: null, lastEvent: 0,
  };
}

/** The run after one more event. An event it has seen already changes nothing. */
export function foldRun(run: TrainingRunDetail, event: RunEvent): TrainingRunDetail {
  if (event.sequence <= run.lastEvent) return run;
  const next = { ...apply(run, event), lastEvent: event.sequence };
  return { ...next, checkpoints: next.checkpointList.length, endedAt: hasEnded(next.state) ? (run.endedAt ?? event.at) : null };
}

function apply(run: TrainingRunDetail, event: RunEvent): TrainingRunDetail {
  const { progress } = run;
  switch (event.type) {
    case 'run-queued':
      return { ...run, state: 'queued', queue: { position: event.position, behind: event.behind }, problem: null, resumable: false };
    case 'run-preparing':
      return { ...run, state: 'preparing', queue: null, startedAt: run.startedAt ?? event.at, problem: null, resumable: false };
    case 'run-training': {
      const { step, steps, epochs, examples, heldOut, tooLong } = event;
      return {
        ...run, state: 'training', examples: { train: examples, heldOut }, tooLong,
        progress: { ...progress, step, steps, epochs, epoch: Math.min(epochs, Math.floor((step * epochs) / Math.max(1, steps)) + 1), secondsLeft: null },
        losses: run.losses.filter((point) => point.step <= step),
        heldOut: run.heldOut.filter((point) => point.step <= step),
      };
    }
    case 'step-taken': {
      const { step, epoch, loss, tokensPerSecond, secondsLeft, seconds } = event;
      return { ...run, ...addLoss(run, { step, loss }), progress: { ...progress, step, epoch, loss, tokensPerSecond, secondsLeft, seconds } };
    }
    case 'held-out-measured': {
      const { step, loss, examples } = event;
      return { ...run, heldOut: [...run.heldOut.filter((point) => point.step < step), { step, loss, examples }], progress: { ...progress, heldOutLoss: loss } };
    }
    case 'checkpoint-written': {
      const others = run.checkpointList.filter(({ step }) => step !== event.checkpoint.step);
      return { ...run, checkpointList: [...others, event.checkpoint].sort((a, b) => a.step - b.step) };
    }
    case 'checkpoint-removed':
      return { ...run, checkpointList: run.checkpointList.filter(({ step }) => step !== event.step) };
    case 'run-evaluating':
      return { ...run, state: 'evaluating', progress: { ...progress, secondsLeft: null, answered: { done: event.done, of: event.of } } };
    case 'run-paused':
      return { ...run, state: 'paused', resumable: true, queue: null };
    case 'run-stopped':
      return { ...run, state: 'stopped', resumable: true, queue: null };
    case 'run-failed':
      return { ...run, state: 'failed', problem: event.problem, resumable: event.resumable, queue: null };
    case 'run-finished':
      return { ...run, state: 'finished', adapter: event.adapter, result: event.result, resumable: false, queue: null };
  }
}

/** A curve of bounded length: past LOSS_POINTS, neighbours are merged into their mean and each point stands for twice as many steps. */
function addLoss({ losses, lossStride }: TrainingRunDetail, { step, loss }: LossPoint): Pick<TrainingRunDetail, 'losses' | 'lossStride'> {
  const last = losses.at(-1);
  const before = last ? (Math.ceil(last.step / lossStride) - 1) * lossStride : 0;
  if (last && lossStride > 1 && step <= before + lossStride) {
    const seen = last.step - before;
    return { losses: [...losses.slice(0, -1), { step, loss: (last.loss * seen + loss) / (seen + 1) }], lossStride };
  }
  const longer = [...losses, { step, loss }];
  if (longer.length <= LOSS_POINTS) return { losses: longer, lossStride };
  const halved = Array.from({ length: Math.ceil(longer.length / 2) }, (_, index) => {
    const [one, other] = [longer[2 * index], longer[2 * index + 1]];
    return other ? { step: other.step, loss: (one.loss + other.loss) / 2 } : one;
  });
  return { losses: halved, lossStride: 2 * lossStride };
}

/** What a list shows of a run. */
export function summaryOf(run: TrainingRunDetail): TrainingRunSummary {
  const { id, name, startedBy, workspace, state, createdAt, startedAt, endedAt, queue, progress, problem, resumable, checkpoints, adapter } = run;
  return { id, name, startedBy, workspace, state, createdAt, startedAt, endedAt, queue, progress, problem, resumable, checkpoints, adapter };
}
