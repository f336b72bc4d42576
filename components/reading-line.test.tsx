import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ReadingLine } from './reading-line.tsx';

it('shows a median that lies between two counts as it is, not rounded to one that no answer had', () => {
  const shown = (amount: number) => renderToStaticMarkup(<ReadingLine reading={{ metric: 'passages-used', value: { kind: 'amount', amount, unit: 'count' }, source: { kind: 'measured-here', n: 2 } }} />);
  expect(shown(2.5)).toContain('>2,5<');
  expect(shown(1200)).toContain('>1.200<');
});
