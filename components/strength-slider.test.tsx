import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StrengthSlider } from './strength-slider.tsx';

it('tells what a position means once, with its value', () => {
  const shown = renderToStaticMarkup(<StrengthSlider value={0.5} onChange={() => undefined} />);
  expect(shown).toContain('aria-valuetext="0,50: Ajaran hanya terasa sebagian."');
  expect(shown).not.toContain('aria-live');
});
