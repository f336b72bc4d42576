/** Longest question taken, in characters after normalisation. Apart from the parser so that the page can count without it. */
export const QUESTION_LIMIT = 500;
