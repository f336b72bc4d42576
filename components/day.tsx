'use client';
import { useTexts } from './language.tsx';

/** Stands for the day in what is said around it; no text has it. */
const PLACE = '\ue000';

/** A day as the reader calls it, and as machines do; `within` says what stands around it. */
export function Day({ iso, within = (day) => day }: { iso: string; within?: (day: string) => string }) {
  const { format } = useTexts();
  const [before, after] = within(PLACE).split(PLACE);
  return (
    <>
      {before}
      <time dateTime={iso}>{format.date(iso)}</time>
      {after}
    </>
  );
}
