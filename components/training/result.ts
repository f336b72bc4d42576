/** How a finished adapter did on its test questions, in a sentence. */
import type { HeldOutResult } from '@/lib/messages/adapters.ts';
import type { TrainingTexts } from '../dictionary/training.ts';
import type { Formatter } from '../format.ts';

/** `null` when it was asked nothing: there are no test questions, or it was stopped before them. */
export const resultText = ({ n, exactMatch, equivalent }: HeldOutResult, texts: TrainingTexts['run'], format: Formatter): string | null =>
  exactMatch === null ? null : texts.result(format.count(n), format.share(exactMatch), equivalent === null ? null : format.share(equivalent));
