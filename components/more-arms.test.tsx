import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MoreArms } from './more-arms.tsx';

it('has toggles that keep their names: whether they are pressed says the rest', () => {
  const toggles = (shown: readonly ('base' | 'rag-fine-tuned')[]) =>
    [...renderToStaticMarkup(<MoreArms shown={shown} onToggle={() => undefined} />).matchAll(/<button([^>]*)>(.*?)<\/button>/g)].map(([, attributes, content]) => ({
      pressed: /aria-pressed="(\w+)"/.exec(attributes)?.[1],
      name: /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? content.replace(/<[^>]*>/g, ''),
    }));
  const [before, after] = [toggles([]), toggles(['base'])];
  expect(before.map(({ pressed }) => pressed)).toEqual(['false', 'false']);
  expect(after.map(({ pressed }) => pressed)).toEqual(['true', 'false']);
  expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
});
