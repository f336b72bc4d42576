/** The process in which a training of the page runs: `node --import tsx lib/cli/training-process.ts FOLDER`. */
import { serveTraining } from '../training/serve.ts';
import { trainRun, type RunTrainer } from '../training/train-run.ts';
import { answerHeldOut } from './held-out.ts';
import { shownRows } from './shown-rows.ts';

const showPassages: RunTrainer['showPassages'] = ({ workspace, settings: { passages: share, seed, maximumTokens } }, rows, signal) =>
  shownRows(workspace, rows, { share, seed, maximumTokens, signal });

await serveTraining(trainRun({ showPassages, answerHeldOut }));
