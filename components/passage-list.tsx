'use client';
import { Collapsible } from '@base-ui/react/collapsible';
import { useState } from 'react';
import type { Passage } from '@/lib/answer/passage.ts';
import { evidentLanguage } from '@/lib/question/language.ts';
import type { PaneState } from './comparison-state.ts';
import type { OpenDocument } from './document-dialog.tsx';
import { DocumentLines } from './document-lines.tsx';
import { Chevron } from './glyphs.tsx';
import { useTexts } from './language.tsx';
import { markedPieces, type Range } from './pieces.ts';

/** Passages longer than this are cut until the reader asks for the rest. */
const EXCERPT = 360;

interface PassageListProps {
  readonly pane: PaneState;
  readonly passages: readonly Passage[];
  readonly onOpen: (document: OpenDocument) => void;
}

export function PassageList({ pane, passages, onOpen }: PassageListProps) {
  const { texts } = useTexts();
  const used = passages.filter((passage) => passage.used);
  const unused = passages.filter((passage) => !passage.used);
  const sentencesOf = (passage: Passage) => pane.supports.filter((support) => support.passageId === passage.id).map((support) => support.passage);
  const draw = (passage: Passage) => <PassageItem key={passage.id} passage={passage} sentences={sentencesOf(passage)} cited={passage.id === pane.citedPassageId} onOpen={onOpen} />;
  return (
    <section className="pt-5">
      <h3 className="font-semibold" title={texts.passages.scoresNote}>
        {used.length > 0 ? texts.passages.title(used.length) : texts.passages.none}
      </h3>
      <ol>{used.map(draw)}</ol>
      {unused.length > 0 && (
        <Collapsible.Root>
          <Collapsible.Trigger className="group mt-1 flex min-h-9 items-center gap-2 text-sm text-soft hover:text-ink">
            <Chevron />
            {texts.passages.unused(unused.length)}
          </Collapsible.Trigger>
          <Collapsible.Panel>
            <ol>{unused.map(draw)}</ol>
          </Collapsible.Panel>
        </Collapsible.Root>
      )}
    </section>
  );
}

interface PassageItemProps {
  readonly passage: Passage;
  /** Those that carry a sentence of the answer. */
  readonly sentences: readonly Range[];
  /** Whether the answer rests on this passage. */
  readonly cited: boolean;
  readonly onOpen: (document: OpenDocument) => void;
}

function PassageItem({ passage, sentences, cited, onOpen }: PassageItemProps) {
  const { texts, format } = useTexts();
  const [whole, setWhole] = useState(false);
  const long = passage.text.length > EXCERPT + 80;
  const { text, offset } = long && !whole ? excerpt(passage.text, sentences) : { text: passage.text, offset: 0 };
  const marks = sentences.map(({ start, end }) => ({ start: start - offset, end: end - offset }));
  const language = evidentLanguage(passage.text);
  const place = [...passage.headings.filter((heading) => heading !== passage.documentTitle), ...(passage.source ? [passage.source] : [])].join(' · ');
  return (
    <li value={passage.rank} className="grid grid-cols-[1.9rem_minmax(0,1fr)] border-b border-line py-3.5 last:border-b-0">
      <span aria-hidden="true" className="text-lg font-semibold leading-6 text-arm">
        {passage.rank}
      </span>
      <div>
        <button
          type="button"
          onClick={() => onOpen({ passage, sentence: sentences[0] ?? null })}
          aria-label={texts.passages.open(passage.documentTitle)}
          className="max-w-full text-left font-semibold leading-6 break-words underline decoration-arm decoration-[1.5px] underline-offset-[3px] hover:decoration-[3px]"
        >
          {passage.documentTitle}
        </button>
        {cited && (
          <span title={texts.passages.citedNote} className="ml-2.5 inline-block rounded-full bg-arm px-2 text-xs font-semibold leading-5 text-paper">
            {texts.passages.cited}
          </span>
        )}
        {place && <p lang={language} className="text-sm break-words text-soft">{place}</p>}
        <p lang={language} className="mt-1.5 font-text text-[1.02rem] leading-relaxed whitespace-pre-line break-words">
          {offset > 0 && '… '}
          {markedPieces(text, marks).map((piece, index) => (piece.marked ? <mark key={index}><DocumentLines text={piece.text} /></mark> : <DocumentLines key={index} text={piece.text} />))}
          {offset + text.length < passage.text.length && ' …'}
        </p>
        {long && (
          <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)} className="min-h-8 text-sm text-soft underline underline-offset-2 hover:text-ink">
            {whole ? texts.passages.less : texts.passages.more}
          </button>
        )}
        <dl className="mt-1.5 flex flex-wrap gap-x-4 text-sm text-soft tabular-nums" title={texts.passages.scoresNote}>
          {[
            { name: texts.passages.fused, value: format.decimal(passage.score, 4) },
            { name: texts.passages.cosine, value: format.decimal(passage.cosine, 3) },
            { name: texts.passages.bm25, value: format.decimal(passage.bm25, 2) },
          ].map(({ name, value }) => (
            <div key={name} className="flex gap-1.5">
              <dt>{name}</dt>
              <dd className="font-medium text-ink">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  );
}

/** The part of a passage worth reading first: around the sentence that supports the answer, else its beginning. */
function excerpt(text: string, sentences: readonly Range[]): { text: string; offset: number } {
  const wanted = sentences[0] && sentences[0].end > EXCERPT ? sentences[0].start : 0;
  const latest = Math.min(wanted, Math.max(0, text.length - EXCERPT));
  // Back to the beginning of a word.
  const offset = latest > 0 ? text.lastIndexOf(' ', latest) + 1 : 0;
  const end = text.indexOf(' ', offset + EXCERPT);
  // A heading's sign without its words says nothing.
  return { text: text.slice(offset, end < 0 ? undefined : end).replace(/\s+#+$/, ''), offset };
}
