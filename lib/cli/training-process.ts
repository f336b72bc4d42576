/** The process in which a training of the page runs: `node --import tsx lib/cli/training-process.ts FOLDER`. */
import { serveTraining } from '../training/serve.ts';
import { trainRun } from '../training/train-run.ts';
import { answerHeldOut } from './held-out.ts';

await serveTraining(trainRun({ answerHeldOut }));
