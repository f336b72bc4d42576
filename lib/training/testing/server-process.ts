/** A server with nothing but trainings, to be killed by a test: `node --import tsx FILE [JSON of a request]`. */
import { TrainingManager } from '../manager.ts';
import { trainingProcesses } from '../process.ts';
import { startRun } from '../start-run.ts';

const manager = new TrainingManager({ start: trainingProcesses('lib/training/scripted-process.ts') });
await manager.open();
if (process.argv[2]) await startRun(manager, JSON.parse(process.argv[2]));
setInterval(() => {}, 1000);
