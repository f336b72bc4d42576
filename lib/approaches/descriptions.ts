import type { ApproachDescription } from './answerer.ts';

/** The arms: two ways of giving a model knowledge, alone, together, and neither. A new one is one entry. */
export const APPROACH_DESCRIPTIONS: readonly ApproachDescription[] = [
  { id: 'rag', label: { id: 'Mencari (RAG)', en: 'Look it up (RAG)' }, retrieves: true, adapted: false },
  { id: 'fine-tuned', label: { id: 'Diajari (fine-tuning)', en: 'Taught (fine-tuning)' }, retrieves: false, adapted: true },
  { id: 'base', label: { id: 'Model dasar', en: 'Base model' }, retrieves: false, adapted: false },
  { id: 'rag-fine-tuned', label: { id: 'Mencari dan diajari', en: 'Looked up and taught' }, retrieves: true, adapted: true },
];
