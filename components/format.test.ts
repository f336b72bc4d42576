import { describe, expect, it } from 'vitest';
import { formatter } from './format.ts';

describe('a date', () => {
  const evening = '2026-11-28T20:30:00.000Z';

  it.each([
    ['UTC', '28 November 2026'],
    ['Asia/Jakarta', '29 November 2026'],
    ['America/Los_Angeles', '28 November 2026'],
  ])('is the day that it was in the time zone of the reader (%s)', (zone, day) => {
    expect(formatter('id', zone).date(evening)).toBe(day);
    expect(formatter('en', zone).date(evening)).toBe(day);
  });

  it('without a time is the same day everywhere', () => {
    expect(formatter('en', 'America/Los_Angeles').date('2026-11-28')).toBe('28 November 2026');
    expect(formatter('en', 'Pacific/Kiritimati').date('2026-11-28')).toBe('28 November 2026');
  });

  it('is that of UTC in a zone that is not known here', () => {
    expect(formatter('en', 'Mars/Olympus').date(evening)).toBe('28 November 2026');
  });
});
