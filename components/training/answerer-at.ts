import { checkpointName, type TrainingRunDetail, type TrainingSettings } from '@/lib/messages/training.ts';
import type { Answerer } from './use-answer.ts';

type TaughtRun = Pick<TrainingRunDetail, 'id' | 'workspace'> & { readonly settings: Pick<TrainingSettings, 'beneath'> };

/** Who answers as the model did at a step of a run; 0: before the first. */
export function answererAt({ id, workspace, settings }: TaughtRun, step: number, strength: number): Answerer {
  if (step > 0) return { approach: 'fine-tuned', workspace, adapter: checkpointName(id, step), ...(strength !== 1 && { strength }) };
  // The base arm answers on top of the reader, which at strength 0 changes nothing, bit for bit: what is left is the plain base.
  return settings.beneath === 'none' ? { approach: 'fine-tuned', workspace, adapter: 'reader', strength: 0 } : { approach: 'base', workspace };
}
