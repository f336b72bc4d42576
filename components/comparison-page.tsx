'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Comparison } from '@/lib/answer/comparison.ts';
import { isTaught, type ApproachId } from '@/lib/answer/events.ts';
import { DEFAULT_WORKSPACE } from '@/lib/messages/workspaces.ts';
import { Announcer } from './announcer.tsx';
import { ARMS, MORE_ARMS } from './arms.ts';
import { isUnderWay } from './comparison-state.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { DecisionTable } from './decision-table.tsx';
import { TEACHING_TEXTS } from './dictionary/teaching.ts';
import { DocumentDialog, type OpenDocument } from './document-dialog.tsx';
import { isFirstShown } from './first-shown.ts';
import { useTexts } from './language.tsx';
import { MoreArms } from './more-arms.tsx';
import { PageHeading } from './page-heading.tsx';
import { QuestionBox } from './question-box.tsx';
import { ReadinessNotice } from './readiness-notice.tsx';
import { Spread } from './spread.tsx';
import { AS_TAUGHT, TeachingControls, type Teaching } from './teaching-controls.tsx';
import { useComparison } from './use-comparison.ts';
import { useReportWorkspace } from './workspaces/shown-workspace.tsx';
import { useWorkspacesTexts } from './workspaces/texts.ts';

/** While a slider moves, nothing is asked until it has rested this long. */
const REST_MS = 220;

/** What a script asks of scrolling goes before what the style sheet says for those who want less motion. */
const wantsLessMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

interface ComparisonPageProps {
  readonly workspace: string;
  readonly question?: string;
  readonly comparison: Comparison | null;
  /** Another one each time that the server draws the page. */
  readonly drawing: string;
}

/** One question to a workspace, its answers, and what they showed. */
export function ComparisonPage({ workspace, question, drawing, ...served }: ComparisonPageProps) {
  const { language, texts } = useTexts();
  const workspaceTexts = useWorkspacesTexts();
  useReportWorkspace(workspace);
  const [comparison, setComparison] = useState(served.comparison);
  const [opened, setOpened] = useState<OpenDocument | null>(null);
  const [more, setMore] = useState<readonly ApproachId[]>([]);
  const [teaching, setTeaching] = useState<Teaching>(AS_TAUGHT);
  const arms = [...ARMS, ...MORE_ARMS.filter((arm) => more.includes(arm))];
  const { state, ask, stop, recordIndexing } = useComparison(ARMS);
  const spread = useRef<HTMLDivElement>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = Object.values(state.panes).some(isUnderWay);
  // An arm may be put away while a slider rests: whom to ask is known only then.
  const shownArms = useRef(arms);
  useEffect(() => {
    shownArms.current = arms;
  });

  const refresh = useCallback(async () => {
    const told = await fetch(`/api/comparison?${new URLSearchParams({ workspace })}`)
      .then((response) => (response.ok ? (response.json() as Promise<Comparison>) : null))
      .catch(() => null);
    if (told) setComparison(told);
  }, [workspace]);
  // A finished answer may have loaded the engine, an edit has changed the index: what the server tells is then old. So it is from the
  // start where the browser's history draws the page again, after something was taught or changed on another page.
  useEffect(() => {
    const isNew = isFirstShown(drawing) && state.asked === null && served.comparison !== null;
    if (!busy && !isNew) void refresh();
  }, [busy, state.asked, refresh, drawing]);
  // A browser may also keep the whole page as it stood.
  useEffect(() => {
    const returned = ({ persisted }: PageTransitionEvent) => persisted && void refresh();
    window.addEventListener('pageshow', returned);
    return () => window.removeEventListener('pageshow', returned);
  }, [refresh]);

  const askAndShow = (text: string) => {
    clearTimeout(rest.current);
    ask(text, arms, { ...teaching, workspace });
    // On a narrow screen the answers lie below the fold.
    if (window.innerWidth < 960) requestAnimationFrame(() => spread.current?.scrollIntoView({ block: 'start', behavior: wantsLessMotion() ? 'auto' : 'smooth' }));
  };

  // A question that a link brings, as those of the report page do, is asked as soon as the page is there.
  useEffect(() => {
    if (question) askAndShow(question);
  }, [question]);

  const changeTeaching = (chosen: Teaching) => {
    setTeaching(chosen);
    clearTimeout(rest.current);
    const { asked } = state;
    if (asked) rest.current = setTimeout(() => ask(asked.text, shownArms.current.filter(isTaught), { ...chosen, workspace }), REST_MS);
  };
  useEffect(() => () => clearTimeout(rest.current), []);
  const stopAll = () => {
    clearTimeout(rest.current);
    stop();
  };
  const toggleArm = (arm: ApproachId) => {
    const shown = more.includes(arm);
    setMore(shown ? more.filter((other) => other !== arm) : [...more, arm]);
    // Out of sight, an answer would keep the others waiting.
    if (shown) stop([arm]);
    else if (state.asked) ask(state.asked.text, [arm], { ...teaching, workspace });
  };

  return (
    <>
      <PageHeading title={texts.headline} lead={texts.lead} notice={comparison?.workspace.notice[language]} />
      <QuestionBox initial={question} placeholder={workspace === DEFAULT_WORKSPACE ? undefined : workspaceTexts.askAbout(comparison?.workspace.title[language] ?? workspace)} samples={comparison?.samples ?? []} busy={busy} onAsk={askAndShow} onStop={stopAll} label={more.length > 0 ? TEACHING_TEXTS[language].askAll : undefined} />
      {comparison && <ReadinessNotice problems={comparison.problems} />}
      <div ref={spread} className="scroll-mt-3">
        <Spread
          arms={arms}
          state={state}
          comparison={comparison}
          onOpen={setOpened}
          onRetry={(arm) => state.asked && ask(state.asked.text, [arm], { ...teaching, workspace })}
          teaching={<TeachingControls teaching={teaching} onTeaching={changeTeaching} own={comparison?.adapter?.name ?? null} />}
        />
        <MoreArms shown={more} onToggle={toggleArm} />
      </div>
      <ComparisonTable arms={arms} metrics={state.metrics} comparison={comparison} />
      <DecisionTable />
      <DocumentDialog
        workspace={workspace}
        opened={opened}
        onClose={() => setOpened(null)}
        onSaved={({ milliseconds }) => {
          recordIndexing(milliseconds / 1000);
          void refresh();
        }}
        onAskAgain={state.asked ? () => askAndShow(state.asked!.text) : undefined}
      />
      <Announcer arms={arms} panes={state.panes} />
    </>
  );
}
