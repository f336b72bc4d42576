import { eventStream, lastSeen } from '@/lib/training/event-stream.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { trainingManager } from '../../manager.ts';

interface Context {
  readonly params: Promise<{ id: string }>;
}

export const dynamic = 'force-dynamic';
export const GET = door(async (request, { params }: Context) => {
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  return eventStream(await trainingManager().events((await params).id, lastSeen(request), signal), () => left.abort());
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
