import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LanguageContext } from '../language.tsx';
import { AdapterNameField, Problem } from './controls.tsx';

it('says what is wrong with a name, not by the colour of its box alone', () => {
  const shown = (value: string) => renderToStaticMarkup(<LanguageContext value="en"><AdapterNameField label="New name" value={value} onChange={() => undefined} /></LanguageContext>);
  const wrong = shown('my adapter');
  expect(wrong).toContain('A name has 1 to 64 letters');
  expect(/aria-describedby="([^"]+)"/.exec(wrong)?.[1]).toBe(/<p id="([^"]+)"/.exec(wrong)?.[1]);
  expect(shown('my-adapter')).not.toContain('A name has');
});

it('marks English that only the server has as such, on a page in Indonesian', () => {
  const problem = { code: 'bad-input', message: 'facts.jsonl, line 3: answer: is blank', remedy: 'Mend that line.', detail: { id: 'line-unusable', facts: { file: 'facts.jsonl', line: 3, reason: 'answer: is blank' } } } as const;
  expect(renderToStaticMarkup(<Problem problem={problem} />)).toContain('facts.jsonl, baris 3 tidak dapat dipakai. <span lang="en">answer: is blank</span>');
});
