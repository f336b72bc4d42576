import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SITE } from '@/components/dictionary/shell.ts';
import { Notice } from '@/components/notice.tsx';
import { PageShell } from '@/components/page-shell.tsx';
import { asLanguage, asTheme, asTimeZone, ownTimeZone } from '@/components/preferences.ts';
import { TimeZoneProvider } from '@/components/time-zone.tsx';
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
  // Until the reader's computer has told its zone: most often it is the one that this runs on.
  const timeZone = asTimeZone(kept.get('time-zone')?.value) ?? ownTimeZone();
  const [workspaces, chosen] = await Promise.all([listWorkspaceNames(), chosenWorkspace()]);
  return (
    <html lang={language} data-theme={theme}>
      <body>
        <TimeZoneProvider served={timeZone}>
          <PageShell language={language} theme={theme} workspaces={workspaces} workspace={chosen}>
            {children}
          </PageShell>
        </TimeZoneProvider>
      </body>
    </html>
  );
}
