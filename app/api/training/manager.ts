/** The one place where the app meets its trainings: real ones, or the scripted ones of the browser tests. */
import { TrainingManager } from '@/lib/training/manager.ts';
import { trainingProcesses } from '@/lib/training/process.ts';

const ENTRY = process.env.SCRIPTED_APPROACHES === '1' ? 'lib/training/scripted-process.ts' : 'lib/cli/training-process.ts';

/** On globalThis because Next evaluates modules more than once, and one training runs at a time. */
const shared = globalThis as typeof globalThis & { trainingManager?: TrainingManager };

/** Nothing is started until it is first asked. */
export function trainingManager(): TrainingManager {
  return (shared.trainingManager ??= new TrainingManager({ start: trainingProcesses(ENTRY) }));
}
