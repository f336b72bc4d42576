import { renderToString } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { Day } from './day.tsx';
import { openPage } from './live-page.fixture.tsx';
import { LanguageContext } from './language.tsx';
import { asTimeZone } from './preferences.ts';
import { TimeZoneProvider } from './time-zone.tsx';

const drawn = (served: string) => (
  <TimeZoneProvider served={served}>
    <LanguageContext value="en">
      <p>
        <Day iso="2026-11-28T20:30:00.000Z" within={(day) => `made on ${day}, here`} />
      </p>
    </LanguageContext>
  </TimeZoneProvider>
);

describe('the time zone', () => {
  it.each([
    ['UTC', '28 November 2026', 'time-zone=Asia/Jakarta'],
    ['Asia/Jakarta', '29 November 2026', ''],
  ])('is that of the reader, though the server drew the page in %s, and the server is told of it', async (served, before, told) => {
    const html = renderToString(drawn(served));
    expect(html.replaceAll('<!-- -->', '')).toContain(`<p>made on <time dateTime="2026-11-28T20:30:00.000Z">${before}</time>, here</p>`);
    vi.stubEnv('TZ', 'Asia/Jakarta');
    const page = await openPage(html);
    const mismatches: unknown[] = [];
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await page.hydrate(drawn(served), (error) => mismatches.push(error));
    expect([...mismatches, ...complaints.mock.calls]).toEqual([]);
    complaints.mockRestore();
    vi.unstubAllEnvs();
    expect(page.document.querySelector('p')!.textContent).toBe('made on 29 November 2026, here');
    expect(page.document.querySelector('time')!.getAttribute('datetime')).toBe('2026-11-28T20:30:00.000Z');
    expect(page.document.cookie.split(';')[0]).toBe(told);
  });

  it.each([undefined, '', 'Mars/Olympus', '<script>', 'x'.repeat(5000)])('is none for a cookie that names none: %s', (value) => {
    expect(asTimeZone(value)).toBeNull();
  });
});
