/** Rows a page of examples: as many as a screen shows, so that thousands cost no more than a few. */
export const PAGE_ROWS = 8;

/** Held-out questions kept at hand to put to a checkpoint. */
export const QUESTIONS_TO_TRY = 40;
