'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Comparison } from '@/lib/answer/comparison.ts';
import type { Language } from '@/lib/answer/events.ts';
import { Announcer } from './announcer.tsx';
import { ARMS } from './arms.ts';
import { isUnderWay } from './comparison-state.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { DecisionTable } from './decision-table.tsx';
import { DICTIONARIES } from './dictionary/dictionary.ts';
import { DocumentDialog, type OpenDocument } from './document-dialog.tsx';
import { Header } from './header.tsx';
import { LanguageContext } from './language.tsx';
import { remember, type Theme } from './preferences.ts';
import { QuestionBox } from './question-box.tsx';
import { ReadinessNotice } from './readiness-notice.tsx';
import { Spread } from './spread.tsx';
import { useComparison } from './use-comparison.ts';

/** The whole page: one question, its answers, and what they showed. */
export function ComparisonPage(served: { language: Language; theme: Theme; comparison: Comparison | null }) {
  const [language, setLanguage] = useState(served.language);
  const [comparison, setComparison] = useState(served.comparison);
  const [opened, setOpened] = useState<OpenDocument | null>(null);
  const { state, ask, stop, recordUpdate } = useComparison(ARMS);
  const spread = useRef<HTMLDivElement>(null);
  const texts = DICTIONARIES[language];
  const busy = Object.values(state.panes).some(isUnderWay);

  const refresh = useCallback(async () => {
    const response = await fetch('/api/comparison').catch(() => null);
    if (response?.ok) setComparison(await response.json());
  }, []);
  // A finished answer may have loaded the engine, an edit has changed the index: what the server tells is then old.
  useEffect(() => {
    if (!busy && state.asked !== null) void refresh();
  }, [busy, state.asked, refresh]);

  const changeLanguage = (chosen: Language) => {
    remember('language', chosen);
    document.documentElement.lang = chosen;
    setLanguage(chosen);
  };
  const askAndShow = (text: string) => {
    ask(text);
    // On a narrow screen the answers lie below the fold.
    if (window.innerWidth < 960) requestAnimationFrame(() => spread.current?.scrollIntoView({ block: 'start', behavior: 'smooth' }));
  };

  return (
    <LanguageContext value={language}>
      <a href="#question" className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-4 focus:z-10 focus:bg-paper focus:px-4 focus:py-2">
        {texts.skip}
      </a>
      <div className="mx-auto max-w-[88rem] px-4 pb-16 sm:px-8 lg:px-12">
        <Header onLanguage={changeLanguage} theme={served.theme} notice={comparison?.workspace.notice[language]} />
        <main>
          <QuestionBox samples={comparison?.samples ?? []} busy={busy} onAsk={askAndShow} onStop={stop} />
          {comparison && <ReadinessNotice problems={comparison.problems} />}
          <div ref={spread} className="scroll-mt-3">
            <Spread arms={ARMS} state={state} comparison={comparison} onOpen={setOpened} onRetry={(arm) => state.asked && ask(state.asked.text, [arm])} />
          </div>
          <ComparisonTable arms={ARMS} metrics={state.metrics} comparison={comparison} />
          <DecisionTable />
        </main>
        <footer className="mt-16 border-t border-edge pt-4 text-sm text-soft">
          <p>{texts.footer}</p>
          {comparison && <p className="mt-1">{comparison.workspace.notice[language]}</p>}
          <p className="mt-1">
            <a href="/notices.txt" className="underline underline-offset-4 hover:text-ink">
              {texts.notices}
            </a>
          </p>
        </footer>
      </div>
      <DocumentDialog
        opened={opened}
        onClose={() => setOpened(null)}
        onSaved={({ milliseconds }) => {
          recordUpdate('rag', milliseconds / 1000);
          void refresh();
        }}
        onAskAgain={state.asked ? () => askAndShow(state.asked!.text) : undefined}
      />
      <Announcer arms={ARMS} state={state} />
    </LanguageContext>
  );
}
