import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ProblemNotice } from './problem-notice.tsx';

const shown = (remedy: string) => renderToStaticMarkup(<ProblemNotice problem={{ code: 'internal', message: 'Out of ink.', remedy }} onRetry={() => undefined} />);

describe('a remedy', () => {
  it.each(['npm run ingest -- FOLDER', 'npx playwright install chromium', 'git checkout -- models'])('that is a command is set to be copied: %s', (command) => {
    expect(shown(command)).toMatch(new RegExp(`Perbaiki dengan.*<code[^>]*>${command}</code>`));
  });

  it.each(['Start a new training.', 'Ask again. If it happens again, restart with: npm start'])('that is a sentence is set as text: %s', (sentence) => {
    expect(shown(sentence)).toContain(`>${sentence}<`);
    expect(shown(sentence)).not.toMatch(/<code|font-mono|Perbaiki dengan/);
  });
});
