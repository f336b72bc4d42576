import { readAdapterArchive } from '@/lib/exchange/archive.ts';
import { importPeft, LARGEST_ADAPTER_BYTES } from '@/lib/exchange/import-peft.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { adapterView, checkName, refuseTaken } from '@/lib/training/adapter-library.ts';
import { door, readBytes, refuseAllBut } from '../../door.ts';

/** A ZIP of an adapter folder as the body, its name as `?name=`; `&replace=true` takes the place of an own one. */
export const POST = door(async (request) => {
  const { searchParams } = new URL(request.url);
  const name = searchParams.get('name') ?? '';
  if (name === '') throw new BadInputError('The adapter has no name.', { remedy: 'Send the ZIP to /api/adapters/import?name=NAME.' });
  checkName(name);
  await refuseTaken(name, searchParams.get('replace') === 'true');
  await importPeft(readAdapterArchive(await readBytes(request, 'application/zip', LARGEST_ADAPTER_BYTES)), name);
  return Response.json(await adapterView(name), { status: 201 });
});
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
