import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Diary } from './diary.tsx';

it('has a button whose name says what it does next, so that it is not told as pressed besides', () => {
  const shown = renderToStaticMarkup(<Diary stops={[0, 4]} entries={new Map()} step={0} onStep={() => undefined} leafing onLeaf={() => undefined} />);
  expect(shown).toContain('>Berhenti</button>');
  expect(shown).not.toContain('aria-pressed');
});
