/** Longest question taken, in characters after normalisation. Apart from the parser so that the page can count without it. */
export const QUESTION_LIMIT = 500;

/** The strongest that what was taught can be made to act; 1 is as it was taught. */
export const STRENGTH_LIMIT = 1.5;
