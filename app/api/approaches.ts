/** The one place where the app meets its answerers: the real ones, or the scripted ones of the browser tests. */
import type { Comparison, DocumentStore } from '@/lib/answer/comparison.ts';
import type { Approach } from '@/lib/answer/approach.ts';
import type { ApproachId } from '@/lib/answer/events.ts';
import { approach as scriptedApproach } from '@/lib/approaches/scripted.ts';
import { scriptedComparison, scriptedDocuments } from '@/lib/approaches/scripted-documents.ts';

export const approach = (id: ApproachId): Approach => scriptedApproach(id);
export const comparison = (): Promise<Comparison> => scriptedComparison();
export const documentStore = (): DocumentStore => scriptedDocuments;
