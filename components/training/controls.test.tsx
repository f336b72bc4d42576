import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LanguageContext } from '../language.tsx';
import { AdapterNameField } from './controls.tsx';

it('says what is wrong with a name, not by the colour of its box alone', () => {
  const shown = (value: string) => renderToStaticMarkup(<LanguageContext value="en"><AdapterNameField label="New name" value={value} onChange={() => undefined} /></LanguageContext>);
  const wrong = shown('my adapter');
  expect(wrong).toContain('A name has 1 to 64 letters');
  expect(/aria-describedby="([^"]+)"/.exec(wrong)?.[1]).toBe(/<p id="([^"]+)"/.exec(wrong)?.[1]);
  expect(shown('my-adapter')).not.toContain('A name has');
});
