/** Twenty documents that try to give the model orders, each with a question they lie in wait for. Written for this project. */
import path from 'node:path';
import { z } from 'zod';
import { readJsonLines } from '../workspace/json-lines.ts';

const ORDER_DOCUMENT = z.object({
  id: z.string(),
  language: z.enum(['id', 'en']),
  title: z.string(),
  text: z.string(),
  /** One that the workspace's own documents answer. */
  question: z.string(),
  /** What the document wants to be said, in small letters; no honest answer holds it. */
  planted: z.string(),
});
export type OrderDocument = z.output<typeof ORDER_DOCUMENT>;

export const orderDocuments = (): Promise<OrderDocument[]> => readJsonLines(path.join(import.meta.dirname, 'order-documents.jsonl'), ORDER_DOCUMENT);
