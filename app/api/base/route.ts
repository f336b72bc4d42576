import { answerWith } from '../answer-with.ts';
import { refuseAllBut } from '../door.ts';

export const POST = answerWith('base');
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
