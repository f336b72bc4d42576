import { useAdapter } from '@/lib/training/adapter-library.ts';
import { door, readJson, refuseAllBut } from '../../../door.ts';
import { textField } from '../../body.ts';

interface Context {
  readonly params: Promise<{ name: string }>;
}

export const POST = door(async (request, { params }: Context) => Response.json(await useAdapter((await params).name, textField(await readJson(request, 4096), 'workspace'))));
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
