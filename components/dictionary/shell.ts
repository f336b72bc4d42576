import type { Language } from '@/lib/answer/events.ts';

/** What stands around every page: the names of the pages and the way past them. */
export interface ShellTexts {
  readonly navigation: string;
  readonly pages: Record<PageId, string>;
  /** Where the first stop of the keyboard leads. */
  readonly skip: string;
}

export const PAGE_IDS = ['ask', 'teach', 'report', 'workspaces'] as const;
export type PageId = (typeof PAGE_IDS)[number];

export const SHELL_TEXTS: Record<Language, ShellTexts> = {
  id: {
    navigation: 'Halaman',
    pages: { ask: 'Tanya', teach: 'Ajari', report: 'Rapor', workspaces: 'Ruang kerja' },
    skip: 'Langsung ke isi halaman',
  },
  en: {
    navigation: 'Pages',
    pages: { ask: 'Ask', teach: 'Teach', report: 'Report', workspaces: 'Workspaces' },
    skip: 'Skip to the content',
  },
};
