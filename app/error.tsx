'use client';
import { Notice } from '@/components/notice.tsx';

/** What a reader sees when the page itself breaks; the answers' own failures stay in their panes. */
export default function PageError({ error }: { error: Error }) {
  return <Notice indonesian="Halaman ini berhenti bekerja. Muat ulang untuk mencoba lagi." english="The page stopped working. Reload it to try again." detail={error.message} />;
}
