import { looksUp, type ApproachId } from '@/lib/answer/events.ts';

/** An open book for what is looked up, a closed one with a mark pressed into it for what was learned. */
export function ArmGlyph({ arm, className }: { arm: ApproachId; className?: string }) {
  const open = looksUp(arm);
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinejoin="round" strokeLinecap="round">
      {open ? (
        <>
          <path d="M12 6.2C9.6 4.4 6.4 3.8 2.5 4.2v14.3c3.9-.4 7.1.2 9.5 2 2.4-1.8 5.6-2.4 9.5-2V4.2C17.6 3.8 14.4 4.4 12 6.2Z" />
          <path d="M12 6.2v14.3M5.6 8.3c1.3 0 2.5.2 3.5.7M5.6 11.9c1.3 0 2.5.2 3.5.7" />
        </>
      ) : (
        <>
          <path d="M5 5.5A2.5 2.5 0 0 1 7.5 3H19v18H7.5A2.5 2.5 0 0 1 5 18.5Z" />
          <path d="M8.8 3v18" />
          {arm === 'base' ? null : <path d="M11.8 13.8c0-3 .6-4.6 2.1-4.6s2.1 1.5 2.1 3.2M13.9 12c0 1.9-.2 3.2-.8 4.3M16 14.4c-.1.9-.3 1.7-.6 2.4" />}
        </>
      )}
    </svg>
  );
}

/** Points right when closed and down when open, by itself or with the Base UI trigger around it. */
export function Chevron({ open }: { open?: boolean }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={`inline-block size-2.5 shrink-0 transition-transform group-data-[panel-open]:rotate-90 ${open ? 'rotate-90' : ''}`} fill="none" stroke="currentColor" strokeWidth="1.75">
      <path d="M3 1.2 7 5 3 8.8" />
    </svg>
  );
}

/** The sign: two sheets printed over each other in the inks of the two answers. */
export function Sign({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 40 32" aria-hidden="true" className={className}>
      <g style={{ isolation: 'isolate' }}>
        <path d="M2 5.5 24 2v25L2 30.5Z" fill="var(--ink-rag)" className="overprint" />
        <path d="M38 5.5 16 2v25l22 3.5Z" fill="var(--ink-tuned)" className="overprint" />
      </g>
    </svg>
  );
}
