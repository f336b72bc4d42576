import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { allowedHosts } from '@/lib/cli/allowed-hosts.mjs';
import { door } from './api/door.ts';
import { chosenWorkspace } from './chosen-workspace.ts';
import Layout from './layout.tsx';
import { isOwnHost } from './own-host.ts';

let host = 'localhost:3000';
vi.mock('next/headers', () => ({ cookies: async () => new Map(), headers: async () => new Headers({ host }) }));
vi.mock('next/navigation', () => ({ usePathname: () => '/', useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: () => undefined }) }));
afterEach(() => vi.unstubAllEnvs());

describe('a host', () => {
  test.each(['localhost', 'localhost:3000', 'LOCALHOST', '127.0.0.1:3000', '192.168.1.5', '[::1]:3000'])('%s is our own', (name) => expect(isOwnHost(name)).toBe(true));
  test.each([null, '', ':3000', 'example.com', '127.0.0.1.example.com', 'localhost.example.com:3000', '127.0.0.1@example.com', 'laptop.local'])('%s is not', (name) => expect(isOwnHost(name)).toBe(false));

  it('may be named in ALLOWED_HOSTS, as people write lists', () => {
    vi.stubEnv('ALLOWED_HOSTS', ' Laptop.local, kelas.example ,');
    expect(['laptop.local:3000', 'KELAS.example', 'example.com', ''].map(isOwnHost)).toEqual([true, true, false, false]);
  });

  test.each([undefined, '', 'kelas.example', ' kelas.example ,'])('is our own where npm start is told to serve on it, whatever else is named (%j)', (given) => {
    vi.stubEnv('ALLOWED_HOSTS', allowedHosts(given, 'Laptop.local'));
    expect(['laptop.local:3000', 'kelas.example', 'example.com', ''].map(isOwnHost)).toEqual([true, given?.includes('kelas') ?? false, false, false]);
  });
});

describe('under a name that somebody else could own', () => {
  it('no route answers', async () => {
    const response = await door(async () => Response.json({}))(new Request('http://evil.example/api/documents', { headers: { host: 'evil.example' } }), undefined);
    expect(response.status).toBe(403);
  });

  it('no page is drawn: what it shows could be read by that name’s owner', async () => {
    host = 'evil.example:3000';
    await expect(chosenWorkspace(Promise.resolve({ workspace: 'pajak' }))).rejects.toThrow('another site');
    const html = renderToStaticMarkup(await Layout({ children: <p>Rahasia.</p> }));
    expect(html).toContain('npm start');
    expect(html).not.toMatch(/Rahasia|Ruang kerja|pajak/i);
  });

  it('and under our own, every page is', async () => {
    host = '127.0.0.1:3000';
    expect(await chosenWorkspace(Promise.resolve({ workspace: 'pajak' }))).toBe('pajak');
    expect(renderToStaticMarkup(await Layout({ children: <p>Isi.</p> }))).toContain('Isi.');
  });
});
