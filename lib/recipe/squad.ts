/** Questions with answers on paragraphs, in the format of SQuAD (Rajpurkar et al. 2018), as far as it is read here. */
import { z } from 'zod';

const answer = z.object({ text: z.string(), answer_start: z.number() });
const question = z.object({ id: z.string(), question: z.string(), is_impossible: z.boolean().optional(), answers: z.array(answer) });

/** TyDi QA GoldP and IDK-MRC are lists of paragraphs. */
export const squadParagraphs = z.array(z.object({ context: z.string(), qas: z.array(question) }));
/** The same where every question has an answer. */
export const answeredParagraphs = z.array(z.object({ context: z.string(), qas: z.array(question.extend({ answers: z.array(answer).min(1) })) }));
