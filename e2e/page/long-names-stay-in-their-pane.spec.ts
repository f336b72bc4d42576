import { expect, test } from 'playwright/test';
import type { AnswerEvent, ApproachId } from '../../lib/answer/events.ts';
import { encodeAnswer, STREAM_HEADERS } from '../../lib/stream/encode.ts';
import { askAndWait } from '../page-model.ts';

const NAME = `Peraturan_Menteri_Keuangan_Nomor_131_Tahun_2024_${'lampiran'.repeat(12)}.pdf`;
const SOURCE = `https://peraturan.example/${'berkas'.repeat(20)}`;
const ADAPTER = `pajak-${'9'.repeat(58)}`;

/** An answer in which every name is as long as names may be and has no space in it. */
async function* answer(approach: ApproachId): AsyncGenerator<AnswerEvent> {
  const taught = approach === 'fine-tuned';
  const passage = { id: 'ppn#1', documentId: 'ppn', documentTitle: NAME, headings: [NAME], text: 'PPN dikenakan atas konsumsi.', rank: 1, score: 0.03, cosine: 0.9, bm25: 9, used: true, source: SOURCE };
  if (!taught) yield { type: 'passages-available', passages: [passage], retrievalMs: 1 };
  yield {
    type: 'answer-start', approach, questionId: 'q', promptTokens: 9,
    provenance: { baseHash: 'b'.repeat(64), adapters: [{ name: ADAPTER, hash: 'a'.repeat(64), strength: 0.5 }], promptHash: 'p'.repeat(64), indexHash: null },
    adapter: taught ? { name: ADAPTER, hash: 'a'.repeat(64), examples: 9, rank: 16, trainedLayers: 8, epochs: 4, heldOutLoss: 1, heldOutExactMatch: 0.5, trainingSeconds: 9, createdAt: '2026-11-20T09:00:00Z' } : null,
  };
  yield { type: 'text-delta', text: 'PPN dikenakan atas konsumsi.' };
  if (!taught) yield { type: 'citation-available', passageId: passage.id };
  yield { type: 'answer-end', finish: 'stop', timings: { queuedMs: 0, timeToFirstTokenMs: 9, totalMs: 20, promptTokens: 9, cachedPromptTokens: 0, completionTokens: 5, tokensPerSecond: 50 } };
}

for (const width of [360, 1000])
  test(`long names without spaces stay in their pane at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const approach of ['rag', 'fine-tuned'] as const)
      await page.route(`**/api/${approach}`, async (route) => route.fulfill({ headers: STREAM_HEADERS, body: await new Response(encodeAnswer(answer(approach), 'm')).text() }));
    await page.route('**/api/documents/**', (route) => route.fulfill({ json: { id: 'ppn', title: NAME, source: SOURCE, text: 'PPN dikenakan atas konsumsi.' } }));
    await page.goto('/');
    await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
    const show = page.getByRole('button', { name: 'Lihat yang di balik jawaban ini' });
    while (await show.first().isVisible()) await show.first().click();
    for (const proof of await page.getByRole('button', { name: /^Bukti asal/ }).all()) await proof.click();
    await expect(page.getByText('a'.repeat(64))).toHaveCount(2);
    expect(await page.locator('article').evaluateAll((panes: HTMLElement[]) => panes.filter((pane) => pane.scrollWidth > pane.clientWidth + 1).map((pane) => pane.dataset.arm))).toEqual([]);
    await page.getByRole('button', { name: `Buka dokumen ${NAME}` }).click();
    const head = page.getByRole('dialog').locator('header');
    await expect(head).toContainText(SOURCE);
    expect(await head.evaluate((header) => header.scrollWidth - header.clientWidth)).toBeLessThanOrEqual(1);
  });
