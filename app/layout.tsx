import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { PageShell } from '@/components/page-shell.tsx';
import { asLanguage, asTheme } from '@/components/preferences.ts';
import { listWorkspaceNames } from '@/lib/workspace/view.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Dua Jawaban',
  description: 'Satu pertanyaan, dua jawaban: RAG dan fine-tuning berdampingan, terukur di komputer sendiri.',
};
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function Layout({ children }: { children: ReactNode }) {
  const kept = await cookies();
  const language = asLanguage(kept.get('language')?.value);
  const theme = asTheme(kept.get('theme')?.value);
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
