/** The one place where the app meets its answerers: the real ones, or the scripted ones of the browser tests. */
import type { Approach } from '@/lib/answer/approach.ts';
import type { Comparison, DocumentStore } from '@/lib/answer/comparison.ts';
import type { ApproachId } from '@/lib/answer/events.ts';

const scripted = process.env.SCRIPTED_APPROACHES === '1';

export async function approach(id: ApproachId): Promise<Approach> {
  return scripted ? (await import('@/lib/approaches/scripted.ts')).approach(id) : (await import('@/lib/approaches/index.ts')).approach(id);
}

/** Of the workspace with this name; of the one that comes with the project without one. */
export async function comparison(workspace?: string): Promise<Comparison> {
  return scripted ? (await import('@/lib/approaches/scripted-documents.ts')).scriptedComparison(workspace) : (await import('@/lib/approaches/comparison.ts')).comparison(workspace);
}

export async function documentStore(workspace?: string): Promise<DocumentStore> {
  return scripted ? (await import('@/lib/approaches/scripted-documents.ts')).scriptedStore(workspace) : (await import('@/lib/approaches/comparison.ts')).documentStore(workspace);
}
