import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SITE } from '@/components/dictionary/shell.ts';
import { Notice } from '@/components/notice.tsx';
import { PageShell } from '@/components/page-shell.tsx';
import { asLanguage, asTheme } from '@/components/preferences.ts';
import { listWorkspaceNames } from '@/lib/workspace/view.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import { isOwnHost } from './own-host.ts';
import './globals.css';

export const metadata: Metadata = {
  title: SITE,
  description: 'Satu pertanyaan, dua jawaban: RAG dan fine-tuning berdampingan, terukur di komputer sendiri.',
};
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function Layout({ children }: { children: ReactNode }) {
  const kept = await cookies();
  const language = asLanguage(kept.get('language')?.value);
  const theme = asTheme(kept.get('theme')?.value);
  if (!isOwnHost((await headers()).get('host')))
    return (
      <html lang={language} data-theme={theme}>
        <body>
          <Notice indonesian="Alamat ini tidak dikenal. Pakai yang dicetak npm start, atau alamat komputernya dalam angka." english="This address is not known here. Use the one that npm start prints, or the computer’s address in numbers." />
        </body>
      </html>
    );
  const [workspaces, chosen] = await Promise.all([listWorkspaceNames(), chosenWorkspace()]);
  return (
    <html lang={language} data-theme={theme}>
      <body>
        <PageShell language={language} theme={theme} workspaces={workspaces} workspace={chosen}>
          {children}
        </PageShell>
      </body>
    </html>
  );
}
