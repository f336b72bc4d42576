import { zipFiles } from '@/lib/exchange/archive.ts';
import { peftFiles } from '@/lib/exchange/export-peft.ts';
import { door, refuseAllBut } from '../../../door.ts';

/** The adapter for PEFT and servers built on it, as a ZIP file. */
export const GET = door(async (_request, { params }: { readonly params: Promise<{ name: string }> }) => {
  const { name } = await params;
  const pieces = zipFiles(name, await peftFiles(name));
  const body = new ReadableStream({
    pull(controller) {
      const next = pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: () => void pieces.return(undefined),
  });
  // The name has been checked: it has no sign that a header could trip over.
  return new Response(body, { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}.zip"` } });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
