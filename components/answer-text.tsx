'use client';
import { Fragment } from 'react';
import type { Passage } from '@/lib/answer/passage.ts';
import { detectLanguage } from '@/lib/question/language.ts';
import { answerNotes } from './answer-notes.ts';
import { heldWords, isUnderWay, type PaneState } from './comparison-state.ts';
import type { OpenDocument } from './document-dialog.tsx';
import { useTexts } from './language.tsx';
import { citedPieces } from './pieces.ts';

/** The answer as it grows, spoken in the language of its question; once supports are known, each supported sentence ends with the number of its passage. */
export function AnswerText({ pane, onOpen }: { pane: PaneState; onOpen: (document: OpenDocument) => void }) {
  const { texts } = useTexts();
  const writing = isUnderWay(pane);
  // While a slider moves, the words of its last position stand until the next ones come.
  const held = heldWords(pane);
  const passageOf = (id: string) => pane.passages?.find((passage) => passage.id === id);
  // The passage that the answer rests on, where comparing words found no other sign of it.
  const cited = pane.citedPassageId !== null && pane.supports.every((support) => support.passageId !== pane.citedPassageId) ? passageOf(pane.citedPassageId) : undefined;
  const notes = answerNotes(pane, texts);
  return (
    <>
      <p data-testid="answer" lang={detectLanguage(pane.question)} hidden={pane.phase === 'failed' && pane.answer === ''} className={`min-h-[3.2em] max-w-[62ch] font-text text-[1.28rem] leading-[1.55] whitespace-pre-wrap break-words ${writing ? 'pen' : ''}`}>
        {held && <span className="text-soft">{held}</span>}
        {citedPieces(pane.answer, pane.supports).map(({ text, supports }, index) => (
          <Fragment key={index}>
            {text}
            {supports.map((support) => {
              const passage = passageOf(support.passageId);
              return passage && <Citation key={support.passageId} passage={passage} onOpen={() => onOpen({ passage, sentence: support.passage })} />;
            })}
          </Fragment>
        ))}
        {cited && <Citation passage={cited} onOpen={() => onOpen({ passage: cited, sentence: null })} />}
      </p>
      {notes.ending && <p className="mt-2 text-sm text-soft">{notes.ending}</p>}
      {/* A model that goes astray may write a figure wider than the pane. */}
      {notes.figures && <p className="mt-2 text-sm break-words text-warning">{notes.figures}</p>}
    </>
  );
}

function Citation({ passage, onOpen }: { passage: Passage; onOpen: () => void }) {
  const { language, texts } = useTexts();
  return (
    <button
      type="button"
      lang={language}
      onClick={onOpen}
      aria-label={texts.passages.cite(passage.rank, passage.documentTitle)}
      className="relative mx-0.5 inline-grid h-[1.35em] min-w-[1.35em] -translate-y-[0.35em] place-items-center rounded-full border-[1.5px] border-arm px-1 font-ui text-[0.68em] font-semibold leading-none text-arm no-underline after:absolute after:-inset-1.5 hover:bg-arm hover:text-paper focus-visible:rounded-full"
    >
      {passage.rank}
    </button>
  );
}
