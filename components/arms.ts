import { APPROACH_IDS, looksUp, type ApproachId } from '@/lib/answer/events.ts';

/** The panes of the page, in their order. One more name here is one more pane and one more column. */
export const ARMS: readonly ApproachId[] = ['rag', 'fine-tuned'];

/** The other two of the square, shown when asked for. */
export const MORE_ARMS: readonly ApproachId[] = ['base', 'rag-fine-tuned'];

/** Those whose answers an edited document changes. */
export const LOOKING_UP: readonly ApproachId[] = APPROACH_IDS.filter(looksUp);
