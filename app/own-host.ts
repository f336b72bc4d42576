import { BadInputError } from '@/lib/system/errors.ts';

/**
 * The server listens on the reader's own machine, where any web page could reach it: its owner lets a name of his lead here. So routes and
 * pages answer only under a host that nobody else can own - a loopback name or an address in numbers. ALLOWED_HOSTS adds names, separated
 * by commas; npm start adds the one that --host gives.
 */
export function isOwnHost(host: string | null): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || /^(\d+(\.\d+){3}|\[[0-9a-f:.]+\])$/.test(name) || allowedHosts().includes(name);
}

const allowedHosts = (): string[] => (process.env.ALLOWED_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean);

export const otherSite = (): BadInputError => new BadInputError('This request came from another site.', { httpStatus: 403, remedy: 'Open the page at the address that npm start prints.' });
