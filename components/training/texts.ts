'use client';
import { TRAINING_TEXTS, type TrainingTexts } from '../dictionary/training.ts';
import { useTexts } from '../language.tsx';

/** The texts of this page. They are no part of the common dictionary, so that the other pages need not load them. */
export const useTrainingTexts = (): TrainingTexts => TRAINING_TEXTS[useTexts().language];
