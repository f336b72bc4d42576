import type { ProblemText } from './dictionary/problems.ts';

/** What went wrong, in the language of the page; what only the server's English says follows it. */
export const ProblemMessage = ({ message, detail }: ProblemText) => (
  <>
    {message}
    {detail && (
      <>
        {' '}
        <span lang="en">{detail}</span>
      </>
    )}
  </>
);
