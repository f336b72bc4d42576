/**
 * The training process of the browser tests, SCRIPTED_APPROACHES=1: everything of the real one - steps, checkpoints, pausing,
 * going on - but the language model.
 */
import { constants } from 'node:os';
import { answerScripted, openScriptedModel, showScripted } from './scripted-model.ts';
import { serveTraining } from './serve.ts';
import { trainRun } from './train-run.ts';

// At the tests' own priority: it computes next to nothing, and tests that keep the machine busy would starve it.
await serveTraining(trainRun({ openModel: openScriptedModel, answerHeldOut: answerScripted, showPassages: showScripted }), constants.priority.PRIORITY_NORMAL);
