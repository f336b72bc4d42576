/** A page that has only one thing to say, in both languages, with the way back. */
export function Notice({ indonesian, english, detail }: { indonesian: string; english: string; detail?: string }) {
  return (
    <div className="mx-auto grid max-w-2xl gap-3 py-[12vh]">
      <h1 lang="id" className="text-4xl font-bold tracking-tight text-balance">{indonesian}</h1>
      <p lang="en" className="font-text text-lg">
        {english}
      </p>
      {/* What a program says of itself is English. */}
      {detail && (
        <p lang="en" className="font-mono text-sm text-soft break-words">
          {detail}
        </p>
      )}
      {/* A whole load, so that a broken page starts afresh. */}
      <a href="/" className="mt-4 justify-self-start bg-ink px-5 py-2.5 font-semibold text-paper hover:opacity-85">
        Dua Jawaban
      </a>
    </div>
  );
}
