import { askingCost } from '@/lib/training/asking-cost.ts';
import { settingDefinitions } from '@/lib/training/settings.ts';
import { startRun } from '@/lib/training/start-run.ts';
import { door, readJson, refuseAllBut } from '../door.ts';
import { trainingManager } from './manager.ts';

const REQUEST_BYTES = 16 * 1024;

export const dynamic = 'force-dynamic';
export const GET = door(async () => Response.json({ runs: await trainingManager().list(), settings: settingDefinitions(), askingCost: await askingCost() }));
export const POST = door(async (request) => Response.json(await startRun(trainingManager(), await readJson(request, REQUEST_BYTES)), { status: 201 }));
export const { PUT, PATCH, DELETE } = refuseAllBut('GET', 'POST');
