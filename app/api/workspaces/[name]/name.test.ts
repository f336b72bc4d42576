import { getRouteMatcher } from 'next/dist/shared/lib/router/utils/route-matcher.js';
import { getRouteRegex } from 'next/dist/shared/lib/router/utils/route-regex.js';
import { expect, test } from 'vitest';
import { existing } from './name.ts';

const match = getRouteMatcher(getRouteRegex('/api/workspaces/[name]'));
/** As the route is told of it: Next decodes the address before. */
const nameIn = (address: string) => existing({ params: Promise.resolve(match(address) as { name: string }) });

test.each<[string, number]>([
  ['%25', 400],
  ['pajak%2570', 400],
  ['tidak-ada', 404],
])('/api/workspaces/%s is answered with %i', async (name, httpStatus) => {
  await expect(nameIn(`/api/workspaces/${name}`)).rejects.toMatchObject({ httpStatus });
});

test('a name may be escaped', async () => expect(await nameIn('/api/workspaces/%70ajak')).toBe('pajak'));
