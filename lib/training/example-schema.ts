import { z } from 'zod';
import { EXAMPLE_LIMITS } from '../messages/examples.ts';

const text = (characters: number) => z.string({ error: 'is missing' }).max(characters, `is longer than ${characters} characters`).refine((value) => value.trim() !== '', 'is blank');

/** What a person writes of an example. */
export const exampleDraftSchema = z.strictObject({
  question: text(EXAMPLE_LIMITS.questionCharacters),
  answer: text(EXAMPLE_LIMITS.answerCharacters),
  split: z.enum(['train', 'held-out'], { error: 'is neither train nor held-out' }).optional(),
  language: z.enum(['id', 'en'], { error: 'is neither id nor en' }).optional(),
  accept: z.array(text(EXAMPLE_LIMITS.answerCharacters)).max(50).optional(),
  required: z.array(z.array(text(200)).min(1).max(50)).max(50).optional(),
});
