/** The process in which a training of the page runs: `node --import tsx lib/cli/training-process.ts FOLDER`. */
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { serveTraining } from '../training/serve.ts';
import { trainRun, type RunTrainer } from '../training/train-run.ts';
import { workspaceRowsWithPassages } from '../training/with-passages.ts';
import { answerHeldOut } from './held-out.ts';

const showPassages: RunTrainer['showPassages'] = async ({ workspace, settings: { passages: share, seed, maximumTokens } }, rows, signal) => {
  try {
    return await workspaceRowsWithPassages(workspace, rows, { share, seed, maximumTokens, signal });
  } finally {
    // Its memory is the training's from here on.
    await sharedEmbedder().close();
  }
};

await serveTraining(trainRun({ showPassages, answerHeldOut }));
