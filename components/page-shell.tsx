'use client';
import { usePathname } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import type { Language } from '@/lib/answer/events.ts';
import { DICTIONARIES } from './dictionary/dictionary.ts';
import { SHELL_TEXTS, titleOf } from './dictionary/shell.ts';
import { Header } from './header.tsx';
import { LanguageContext } from './language.tsx';
import { remember, type Theme } from './preferences.ts';
import { ShownWorkspaceProvider } from './workspaces/shown-workspace.tsx';
import type { WorkspaceName } from './workspaces/workspace-chooser.tsx';

interface PageShellProps {
  readonly language: Language;
  readonly theme: Theme;
  readonly workspaces: readonly WorkspaceName[];
  /** The one chosen last. */
  readonly workspace: string;
  readonly children: ReactNode;
}

/**
 * What every page stands in: header with the site's name, the pages, language and theme; the main part; the footer. It belongs
 * to the layout, so that language and theme last while pages change. A page draws its PageHeading and its sections.
 */
export function PageShell({ language: served, theme, workspaces, workspace, children }: PageShellProps) {
  const [language, setLanguage] = useState(served);
  const path = usePathname();
  const asking = path === '/';
  const texts = DICTIONARIES[language];
  const changeLanguage = (chosen: Language) => {
    remember('language', chosen);
    document.documentElement.lang = chosen;
    document.title = titleOf(path, chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext value={language}>
      <a href={asking ? '#question' : '#content'} className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-4 focus:z-10 focus:bg-paper focus:px-4 focus:py-2">
        {asking ? texts.skip : SHELL_TEXTS[language].skip}
      </a>
      <div className="mx-auto flex min-h-dvh max-w-[88rem] flex-col px-4 pb-16 sm:px-8 lg:px-12">
        <ShownWorkspaceProvider kept={workspace}>
          <Header onLanguage={changeLanguage} theme={theme} workspaces={workspaces} />
          <main id="content" tabIndex={-1} className="grow outline-none">
            {children}
          </main>
        </ShownWorkspaceProvider>
        <footer className="mt-16 border-t border-edge pt-4 text-sm text-soft">
          <p>{texts.footer}</p>
          <p className="mt-1">
            <a href="/notices.txt" className="underline underline-offset-4 hover:text-ink">
              {texts.notices}
            </a>
          </p>
        </footer>
      </div>
    </LanguageContext>
  );
}
