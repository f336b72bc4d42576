import type { ApproachId } from '@/lib/answer/events.ts';

/** The panes of the page, in their order. One more name here is one more pane and one more column. */
export const ARMS: readonly ApproachId[] = ['rag', 'fine-tuned'];
