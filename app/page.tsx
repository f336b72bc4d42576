import { cookies } from 'next/headers';
import { ComparisonPage } from '@/components/comparison-page.tsx';
import { asLanguage, asTheme } from '@/components/preferences.ts';
import { comparison } from './api/approaches.ts';

/** The page serves even when no model, adapter or index can be read; the panes then say what is wrong. */
export default async function Page() {
  const kept = await cookies();
  const known = await comparison().catch((error: unknown) => (console.error(error), null));
  return <ComparisonPage language={asLanguage(kept.get('language')?.value)} theme={asTheme(kept.get('theme')?.value)} comparison={known} />;
}
