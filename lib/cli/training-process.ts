/** The process in which a training of the page runs: `node --import tsx lib/cli/training-process.ts FOLDER`. */
import { serveTraining } from '../training/serve.ts';
import { trainRun, type RunTrainer } from '../training/train-run.ts';
import { workspaceRowsWithPassages } from '../training/with-passages.ts';
import { answerHeldOut } from './held-out.ts';

const showPassages: RunTrainer['showPassages'] = ({ workspace, settings: { passages: share, seed, maximumTokens } }, rows, signal) =>
  workspaceRowsWithPassages(workspace, rows, { share, seed, maximumTokens, signal });

await serveTraining(trainRun({ showPassages, answerHeldOut }));
