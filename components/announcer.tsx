'use client';
import { Fragment, useEffect, useRef, useState } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import { announcement, type Announced, type Phases } from './announcement.ts';
import type { ComparisonState } from './comparison-state.ts';
import { useTexts } from './language.tsx';

/**
 * Tells a screen reader what the panes show: once when the answers begin and once as each ends, not token by token.
 */
export function Announcer({ arms, panes }: { arms: readonly ApproachId[]; panes: ComparisonState['panes'] }) {
  const { language } = useTexts();
  const [said, setSaid] = useState<readonly Announced[]>([]);
  const before = useRef<Phases>({});
  useEffect(() => {
    const told = announcement(arms, panes, before.current, language);
    before.current = { ...before.current, ...Object.fromEntries(arms.map((arm) => [arm, panes[arm]?.phase])) };
    if (told.length > 0) setSaid(told);
  }, [arms, panes, language]);
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {said.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span lang={part.language}>{part.text}</span>
        </Fragment>
      ))}
    </div>
  );
}
