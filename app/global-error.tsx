'use client';
import { SITE } from '@/components/dictionary/shell.ts';
import PageError from './error.tsx';
import './globals.css';

/** What a reader sees when what stands around every page breaks: a document of its own, which needs nothing of the other, neither its language nor its theme. */
export default function GlobalError({ error }: { error: Error }) {
  return (
    <html lang="id" data-theme="system">
      <body className="px-4 sm:px-8">
        <title>{SITE}</title>
        <PageError error={error} />
      </body>
    </html>
  );
}
