import { expect, test } from 'playwright/test';

const JSON_TYPE = { 'content-type': 'application/json' };

for (const { name, init, status, says } of [
  { name: 'blank question', init: { headers: JSON_TYPE, data: '{"question":"  "}' }, status: 400, says: 'The question is empty' },
  { name: 'missing question', init: { headers: JSON_TYPE, data: '{}' }, status: 400, says: '"question" is missing' },
  { name: 'over-long question', init: { headers: JSON_TYPE, data: JSON.stringify({ question: 'a'.repeat(501) }) }, status: 400, says: '501 characters' },
  { name: 'too strong an adapter', init: { headers: JSON_TYPE, data: '{"question":"PPN?","strength":2}' }, status: 400, says: '"strength" must be 1.5 or less' },
  { name: 'a path for an adapter', init: { headers: JSON_TYPE, data: '{"question":"PPN?","adapter":"../pajak"}' }, status: 400, says: '"adapter" must be the name' },
  { name: 'invalid JSON', init: { headers: JSON_TYPE, data: Buffer.from('{"question":') }, status: 400, says: 'not valid JSON' },
  { name: 'wrong content type', init: { headers: { 'content-type': 'text/plain' }, data: 'PPN?' }, status: 415, says: 'text/plain' },
  { name: 'another site', init: { headers: { ...JSON_TYPE, origin: 'https://example.com' }, data: '{"question":"PPN?"}' }, status: 403, says: 'another site' },
  { name: 'wrong method', init: { method: 'GET' }, status: 405, says: 'POST only' },
]) {
  test(`${name}: ${status}`, async ({ request }) => {
    for (const approach of ['rag', 'fine-tuned', 'base', 'rag-fine-tuned']) {
      const response = await request.fetch(`/api/${approach}`, { method: 'POST', ...init });
      expect(response.status()).toBe(status);
      expect((await response.json()).error.message).toContain(says);
      if (status === 405) expect(response.headers().allow).toBe('POST');
    }
  });
}

test('a name that somebody else could own: 403', async ({ request }) => {
  const response = await request.get('/api/documents', { headers: { host: 'example.com' } });
  expect(response.status()).toBe(403);
  expect((await response.json()).error.remedy).toContain('npm start');
});

test('nor does a page show anything under such a name', async ({ request }) => {
  for (const page of ['/', '/training', '/evaluation', '/workspaces']) {
    expect(await (await request.get(page)).text()).toContain('pajak');
    expect(await (await request.get(page, { headers: { host: 'example.com' } })).text()).not.toContain('pajak');
  }
});

test('documents that are not there: 404', async ({ request }) => {
  const response = await request.get('/api/documents/tidak-ada');
  expect(response.status()).toBe(404);
  expect((await request.get('/api/documents/..%2F..%2Fpackage')).status()).toBe(400);
});
