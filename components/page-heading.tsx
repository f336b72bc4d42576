'use client';

interface PageHeadingProps {
  /** The heading in three parts; the middle one is printed twice. */
  readonly title: readonly [before: string, word: string, after: string];
  readonly lead: string;
  readonly notice?: string;
}

/** The large first line of a page, and what the page is for. */
export function PageHeading({ title: [before, word, after], lead, notice }: PageHeadingProps) {
  return (
    <div className="grid items-end gap-x-12 gap-y-4 pb-7 pt-5 lg:grid-cols-[1.15fr_1fr] lg:pb-8 lg:pt-6">
      <h1 className="text-[clamp(2.7rem,6.2vw,5.1rem)] font-bold leading-[0.92] tracking-[-0.035em] text-balance [font-stretch:86%]">
        {before}{' '}
        <span className="whitespace-nowrap">
          <span className="twice" data-word={word}>
            {word}
          </span>{' '}
          {after}
        </span>
      </h1>
      <div className="max-w-[34rem]">
        <p className="font-text text-[1.13rem] leading-relaxed text-pretty">{lead}</p>
        {notice && <p className="mt-2 text-sm text-soft">{notice}</p>}
      </div>
    </div>
  );
}
