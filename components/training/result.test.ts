import { expect, it } from 'vitest';
import type { HeldOutResult } from '@/lib/messages/adapters.ts';
import { TRAINING_TEXTS } from '../dictionary/training.ts';
import { formatter } from '../format.ts';
import { resultText } from './result.ts';

const told = (result: Partial<HeldOutResult>, language: 'id' | 'en') =>
  resultText({ n: 20, loss: 1, exactMatch: 0.75, equivalent: 0.9, ...result }, TRAINING_TEXTS[language].run, formatter(language))?.replace(/\u00a0/g, ' ');

it('says that what was answered word for word is among what says the same', () => {
  expect(told({}, 'en')).toBe('Of 20 test questions it had never seen, it answered 75% word for word, and 90% either so or in other words that say the same.');
  expect(told({}, 'id')).toBe('Dari 20 soal ujian yang belum pernah dilihatnya, 75% dijawab tepat sama, dan 90% tepat sama atau dengan kata lain yang maknanya sama.');
});

it('leaves out what nothing decides, and says nothing where nothing was asked', () => {
  expect(told({ equivalent: null }, 'en')).toBe('Of 20 test questions it had never seen, it answered 75% word for word.');
  expect(told({ equivalent: null }, 'id')).toBe('Dari 20 soal ujian yang belum pernah dilihatnya, 75% dijawab tepat sama.');
  expect(told({ n: 0, loss: null, exactMatch: null, equivalent: null }, 'id')).toBeUndefined();
});
