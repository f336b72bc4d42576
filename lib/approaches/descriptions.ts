import type { ApproachDescription } from './answerer.ts';

/**
 * The arms: two ways of giving a model knowledge, alone, together, and neither. A new one is one entry. All stand on the same base
 * weights and the same reader, which was taught how to answer but nothing to answer.
 */
export const APPROACH_DESCRIPTIONS: readonly ApproachDescription[] = [
  { id: 'rag', label: { id: 'Buka buku (RAG)', en: 'Open book (RAG)' }, retrieves: true, taught: false },
  { id: 'fine-tuned', label: { id: 'Hafalan (fine-tuning)', en: 'Memorised (fine-tuning)' }, retrieves: false, taught: true },
  { id: 'base', label: { id: 'Tanpa belajar (model dasar)', en: 'Untaught (base model)' }, retrieves: false, taught: false },
  { id: 'rag-fine-tuned', label: { id: 'Hafalan sambil buka buku', en: 'Memorised, with the book open' }, retrieves: true, taught: true },
];
