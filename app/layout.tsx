import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { asLanguage, asTheme } from '@/components/preferences.ts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Dua Jawaban',
  description: 'Satu pertanyaan, dua jawaban: RAG dan fine-tuning berdampingan, terukur di komputer sendiri.',
};
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function Layout({ children }: { children: ReactNode }) {
  const kept = await cookies();
  return (
    <html lang={asLanguage(kept.get('language')?.value)} data-theme={asTheme(kept.get('theme')?.value)}>
      <body>{children}</body>
    </html>
  );
}
