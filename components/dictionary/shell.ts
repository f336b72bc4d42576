import type { Language } from '@/lib/answer/events.ts';

/** What stands around every page: the names of the pages and the way past them. */
export interface ShellTexts {
  readonly navigation: string;
  readonly pages: Record<PageId, string>;
  /** Where the first stop of the keyboard leads. */
  readonly skip: string;
}

export const SITE = 'Dua Jawaban';
export const PAGE_IDS = ['ask', 'teach', 'report', 'workspaces'] as const;
export type PageId = (typeof PAGE_IDS)[number];

export const PAGE_ADDRESSES: Record<PageId, string> = { ask: '/', teach: '/training', report: '/evaluation', workspaces: '/workspaces' };

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

/** What the browser calls the page at a path: its name before that of the site, which is the first page's own. */
export function titleOf(path: string, language: Language): string {
  const page = PAGE_IDS.find((id) => PAGE_ADDRESSES[id] === path);
  return page === undefined || page === 'ask' ? SITE : `${SHELL_TEXTS[language].pages[page]} · ${SITE}`;
}
