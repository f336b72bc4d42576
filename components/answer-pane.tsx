'use client';
import { useState, type ReactNode } from 'react';
import type { Comparison } from '@/lib/answer/comparison.ts';
import { isTaught, looksUp, type ApproachId } from '@/lib/answer/events.ts';
import { detectLanguage } from '@/lib/question/language.ts';
import { AdapterCard } from './adapter-card.tsx';
import { AnswerText } from './answer-text.tsx';
import { isUnderWay, type PaneState } from './comparison-state.ts';
import type { OpenDocument } from './document-dialog.tsx';
import { DraftsNote } from './drafts-note.tsx';
import { ArmGlyph, Chevron } from './glyphs.tsx';
import { useTexts } from './language.tsx';
import { Meters } from './meters.tsx';
import { PassageList } from './passage-list.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { ProvenanceNote } from './provenance-note.tsx';

interface AnswerPaneProps {
  readonly arm: ApproachId;
  readonly pane: PaneState;
  /** The longest answer on the page, so that time bars share one scale. */
  readonly slowestMs: number;
  readonly comparison: Comparison | null;
  readonly onOpen: (document: OpenDocument) => void;
  readonly onRetry: () => void;
  /** How what was taught can be varied; nothing for an arm that was not taught. */
  readonly teaching?: ReactNode;
}

/** One approach's page: its name, its answer, its times, what stands behind the answer, and the proof. */
export function AnswerPane({ arm, pane, slowestMs, comparison, onOpen, onRetry, teaching }: AnswerPaneProps) {
  const { texts } = useTexts();
  const { name, term } = texts.arms[arm];
  const heading = `${arm}-heading`;
  const evidence = `${arm}-evidence`;
  const [evidenceOpen, setEvidenceOpen] = useState(false);
  const hasEvidence = pane.passages !== null || pane.adapter !== null;
  return (
    <article data-arm={arm} data-phase={pane.phase} aria-labelledby={heading} aria-busy={isUnderWay(pane)} className="border-t border-line first:border-t-0 min-[60rem]:border-t-0">
      <header className="flex items-center gap-3 px-5 pt-5 sm:px-10 sm:pt-7">
        <ArmGlyph arm={arm} className="size-8 shrink-0 text-arm" />
        <h2 id={heading} className="text-[1.65rem] font-bold leading-none tracking-tight text-arm [font-stretch:90%]">
          {name} <span className="ml-1 text-sm font-medium tracking-normal text-soft [font-stretch:100%]">{term}</span>
        </h2>
        <p className="ml-auto text-right text-sm leading-tight text-soft">{pane.phase === 'queued' ? texts.queuePosition(pane.queuePosition) : texts.phase[pane.phase]}</p>
      </header>
      <div className="px-5 pb-5 pt-4 sm:px-10">
        {pane.phase === 'idle' ? (
          <Promise arm={arm} comparison={comparison} />
        ) : (
          <>
            <AnswerText pane={pane} onOpen={onOpen} />
            <DraftsNote drafts={pane.drafts} spoken={detectLanguage(pane.question)} />
            {pane.problem && <ProblemNotice problem={pane.problem} onRetry={onRetry} />}
          </>
        )}
      </div>
      <div className="px-5 sm:px-10">{pane.phase !== 'idle' && <Meters pane={pane} slowestMs={slowestMs} />}</div>
      <div className="px-5 sm:px-10">
        {pane.phase !== 'idle' && teaching}
        {/* Neither looked up nor taught: what answered here is said, or it would be taken for the bare base model. */}
        {pane.provenance && !hasEvidence && <p className="py-3 text-sm text-soft">{texts.arms[arm].promise}</p>}
        {/* On a narrow screen the other answer comes first; what stands behind this one waits for a tap. */}
        {hasEvidence && (
          <button
            type="button"
            aria-expanded={evidenceOpen}
            aria-controls={evidence}
            onClick={() => setEvidenceOpen(!evidenceOpen)}
            className="flex min-h-12 w-full items-center gap-2.5 text-left font-semibold min-[60rem]:hidden"
          >
            <Chevron open={evidenceOpen} />
            {evidenceOpen ? texts.evidence.hide : texts.evidence.show}
          </button>
        )}
        <div id={evidence} className={evidenceOpen ? '' : 'max-[60rem]:hidden'}>
          {pane.passages && <PassageList pane={pane} passages={pane.passages} onOpen={onOpen} />}
          {pane.passages && pane.provenance && <p className="pt-3 text-sm text-soft">{texts.passages.reader}</p>}
          {pane.adapter && <AdapterCard adapter={pane.adapter} readsPassages={pane.passages !== null} />}
        </div>
      </div>
      <div className="px-5 pb-6 sm:px-10 sm:pb-8">{pane.provenance && <ProvenanceNote provenance={pane.provenance} />}</div>
    </article>
  );
}

/** What the pane says before anything was asked. */
function Promise({ arm, comparison }: { arm: ApproachId; comparison: Comparison | null }) {
  const { texts, format } = useTexts();
  const retrieves = looksUp(arm);
  const facts = [
    retrieves && comparison?.index ? texts.empty.index(format.count(comparison.index.documents), format.count(comparison.index.chunks)) : null,
    isTaught(arm) && comparison?.adapter && comparison.adapter.examples !== null && comparison.adapter.epochs !== null ? texts.empty.adapter(format.count(comparison.adapter.examples), comparison.adapter.epochs) : null,
  ].filter((fact) => fact !== null);
  return (
    <div className="pb-6">
      <p className="max-w-[46ch] font-text text-lg leading-relaxed text-soft text-pretty">{texts.arms[arm].promise}</p>
      {facts.map((fact) => (
        <p key={fact} className="mt-3 text-sm text-soft">
          {fact}
        </p>
      ))}
    </div>
  );
}
