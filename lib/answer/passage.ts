/** A piece of a document as retrieval returns it and the page draws it. */
export interface Passage {
  /** `<documentId>#<chunk number>`, unique in the index. */
  readonly id: string;
  readonly documentId: string;
  readonly documentTitle: string;
  /** Headings above the chunk, outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
  /** 1 is best. */
  readonly rank: number;
  /** Fused score (reciprocal rank fusion); comparable within one question only. */
  readonly score: number;
  /** Cosine similarity, -1 to 1; `null` when the embedding search did not return the chunk. */
  readonly cosine: number | null;
  /** BM25 score; `null` when the word search did not return the chunk. */
  readonly bm25: number | null;
  /** Whether the passage was put into the prompt. */
  readonly used: boolean;
  /** Law and article the document names as its source, when it names one. */
  readonly source?: string;
  /** The article it states or explains, wherever that is quoted, e.g. `uu/7/1983#17`. */
  readonly provision?: string;
  /** ISO dates between which it holds, `null` where that is open; absent when its document says nothing of time. */
  readonly validity?: { readonly from: string | null; readonly until: string | null };
}

/** One sentence of the answer and the sentence of a passage that carries it. Offsets are UTF-16 units. */
export interface Support {
  readonly passageId: string;
  readonly answer: { readonly start: number; readonly end: number };
  readonly passage: { readonly start: number; readonly end: number };
  /** Share of the answer sentence's content words found in the passage's sentence, 0 to 1. */
  readonly overlap: number;
}
