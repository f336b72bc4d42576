/** The one place where the app meets its answerers: the real ones, or the scripted ones of the browser tests. */
import type { Approach } from '@/lib/answer/approach.ts';
import type { Comparison, DocumentStore } from '@/lib/answer/comparison.ts';
import type { ApproachId } from '@/lib/answer/events.ts';

const scripted = process.env.SCRIPTED_APPROACHES === '1';

export async function approach(id: ApproachId): Promise<Approach> {
  return scripted ? (await import('@/lib/approaches/scripted.ts')).approach(id) : (await import('@/lib/approaches/index.ts')).approach(id);
}

export async function comparison(): Promise<Comparison> {
  return scripted ? (await import('@/lib/approaches/scripted-documents.ts')).scriptedComparison() : (await import('@/lib/approaches/comparison.ts')).comparison();
}

export async function documentStore(): Promise<DocumentStore> {
  return scripted ? (await import('@/lib/approaches/scripted-documents.ts')).scriptedDocuments : (await import('@/lib/approaches/comparison.ts')).documentStore();
}
