import { EXAMPLE_LIMITS } from '@/lib/messages/examples.ts';
import { importExamples, parseImport } from '@/lib/training/examples.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { exampleQuery } from '../query.ts';

export const POST = door(async (request) =>
  // As JSON, a text may take twice its own length.
  Response.json(await importExamples(exampleQuery(request).workspace, parseImport(await readJson(request, 2 * EXAMPLE_LIMITS.importBytes)))));
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
