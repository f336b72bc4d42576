'use client';
import { WORKSPACES_TEXTS, type WorkspacesTexts } from '../dictionary/workspaces.ts';
import { useTexts } from '../language.tsx';

/** The texts about workspaces, apart from the common dictionary. */
export const useWorkspacesTexts = (): WorkspacesTexts => WORKSPACES_TEXTS[useTexts().language];
