'use client';
import { useEffect, useRef, useState } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import type { ComparisonState, Phase } from './comparison-state.ts';
import { problemText } from './dictionary/problems.ts';
import { useTexts } from './language.tsx';

/**
 * Tells a screen reader what the panes show: once when the answers begin and once as each ends, not token by token.
 */
export function Announcer({ arms, state }: { arms: readonly ApproachId[]; state: ComparisonState }) {
  const { language, texts } = useTexts();
  const [said, setSaid] = useState('');
  const before = useRef<Partial<Record<ApproachId, Phase>>>({});
  useEffect(() => {
    const sentences = new Set<string>();
    for (const arm of arms) {
      const pane = state.panes[arm];
      if (pane === undefined || before.current[arm] === pane.phase) continue;
      const { name } = texts.arms[arm];
      if (pane.phase === 'waiting') sentences.add(texts.announce.asking);
      if (pane.phase === 'done') sentences.add(texts.announce.finished(name, pane.answer || texts.emptyAnswer));
      if (pane.phase === 'failed') sentences.add(texts.announce.failed(name, pane.problem ? problemText(pane.problem, language).message : ''));
      if (pane.phase === 'cancelled') sentences.add(texts.announce.stopped);
      before.current[arm] = pane.phase;
    }
    if (sentences.size > 0) setSaid([...sentences].join(' '));
  }, [arms, state.panes, language, texts]);
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {said}
    </div>
  );
}
