import { describe, expect, it } from 'vitest';
import { splitFrontMatter, validityFields } from './front-matter.ts';

describe('what front matter says of time', () => {
  it('is a date or a year, a status, and the documents it replaces', () => {
    const { fields } = splitFrontMatter('---\ntitle: Leave\ndate: 2024\nstatus: Revoked\nreplaces: "leave-2020, leave-2022"\n---\nText');
    expect(validityFields(fields)).toEqual({ date: '2024-01-01', status: 'revoked', replaces: ['leave-2020', 'leave-2022'] });
    expect(validityFields({ date: '2024-03-31', replaces: ['a'] })).toEqual({ date: '2024-03-31', replaces: ['a'] });
  });

  it('is passed over where it cannot be read', () => {
    expect(validityFields({ date: 'last spring', status: 'maybe', replaces: ' , ' })).toEqual({});
    expect(validityFields({})).toEqual({});
  });
});
