/** Three documents held in memory and the comparison data around them, for the scripted approaches. */
import type { Comparison, DocumentStore, DocumentView } from '../answer/comparison.ts';
import type { AdapterSummary } from '../answer/events.ts';
import { DEFAULT_WORKSPACE } from '../messages/workspaces.ts';

export const SCRIPTED_ADAPTER: AdapterSummary = {
  name: 'pajak',
  hash: '5c'.repeat(32),
  examples: 312,
  rank: 16,
  trainedLayers: 18,
  epochs: 6,
  heldOutLoss: 0.412,
  heldOutExactMatch: 0.64,
  trainingSeconds: 1284,
  createdAt: '2026-11-20T09:00:00Z',
};

const DOCUMENTS: readonly DocumentView[] = [
  {
    id: 'ppn',
    title: 'Pajak Pertambahan Nilai',
    source: 'UU PPN Pasal 4 ayat (1)',
    text: '# Pajak Pertambahan Nilai\n\n## Objek PPN\n\nPPN dikenakan atas konsumsi barang dan jasa kena pajak di dalam negeri. Penjual memungut pajak ini dari pembeli lalu menyetorkannya ke kas negara. Pajak masukan yang telah dibayar dapat dikreditkan terhadap pajak keluaran.\n\nTidak semua barang kena pajak. Beberapa barang kebutuhan pokok dan jasa tertentu diberi fasilitas dibebaskan.',
  },
  {
    id: 'pph',
    title: 'Pajak Penghasilan',
    source: 'UU PPh Pasal 4 ayat (1)',
    text: '# Pajak Penghasilan\n\n## Objek PPh\n\nPPh dikenakan atas penghasilan, yaitu setiap tambahan kemampuan ekonomis yang diterima atau diperoleh wajib pajak. Penghasilan dapat berasal dari dalam maupun dari luar negeri. Wajib pajak melaporkannya dalam Surat Pemberitahuan tahunan.',
  },
  {
    id: 'ppn-tarif',
    title: 'Tarif PPN',
    source: 'UU PPN Pasal 7 ayat (1)',
    text: '# Tarif PPN\n\n## Tarif umum\n\nTarif PPN adalah 11 persen sejak 1 April 2022. Ekspor barang kena pajak dikenai tarif 0 persen.',
  },
];

/** On globalThis because a server bundle may evaluate this module more than once. */
const shared = globalThis as typeof globalThis & { scriptedDocuments?: Map<string, DocumentView> };
const documents = () => (shared.scriptedDocuments ??= new Map(DOCUMENTS.map((document) => [document.id, document])));

export const scriptedDocuments: DocumentStore = {
  async list() {
    return [...documents().values()].map(({ id, title, source }) => ({ id, title, source, chunks: 1 }));
  },
  async read(id) {
    return documents().get(id) ?? null;
  },
  async save(id, { title, text }) {
    const old = documents().get(id);
    documents().set(id, { ...old, id, title: title ?? old?.title ?? id, text });
    return { chunks: 1, milliseconds: 142 };
  },
  async remove(id) {
    return documents().delete(id) ? { chunks: 1, milliseconds: 38 } : null;
  },
};

/** The scripted documents, or those of another workspace. */
export async function scriptedStore(workspace = DEFAULT_WORKSPACE): Promise<DocumentStore> {
  return workspace === DEFAULT_WORKSPACE ? scriptedDocuments : (await import('./comparison.ts')).documentStore(workspace);
}

export async function scriptedComparison(workspace = DEFAULT_WORKSPACE): Promise<Comparison> {
  const scripted = comparisonOfScript();
  return workspace === DEFAULT_WORKSPACE ? scripted : (await import('./scripted-workspace.ts')).ofWorkspace(workspace, scripted);
}

function comparisonOfScript(): Comparison {
  const evaluation = 'npm run eval -- --workspace pajak --json';
  return {
    workspace: {
      id: 'pajak',
      title: { id: 'Pajak', en: 'Indonesian tax' },
      notice: { id: 'Bahan ajar, bukan nasihat pajak. Menurut aturan per November 2026.', en: 'Teaching material, not tax advice. Rules as of November 2026.' },
      asOf: '2026-11-01',
    },
    samples: [
      { text: 'Apa perbedaan PPN dan PPh?', language: 'id' },
      { text: 'Berapa tarif PPN sekarang?', language: 'id' },
      { text: 'Siapa yang memungut PPN dari pembeli?', language: 'id' },
      { text: 'Kapan SPT tahunan orang pribadi harus dilaporkan?', language: 'id' },
      { text: 'What is the difference between VAT and income tax?', language: 'en' },
      { text: 'What is the VAT rate now?', language: 'en' },
      { text: 'Who collects VAT from the buyer?', language: 'en' },
    ],
    adapter: SCRIPTED_ADAPTER,
    index: { documents: documents().size, chunks: documents().size, bytes: 182_400, indexHash: '9f'.repeat(32) },
    engine: { state: 'ready', residentBytes: 412e6, active: 0, queued: 0, queueLimit: 8, problem: null },
    versions: [
      { name: 'onnxruntime-node', version: '1.30.0', approach: null },
      { name: 'vectra', version: '0.15.0', approach: 'rag' },
    ],
    figures: [
      { id: 'held-out-score', approach: 'fine-tuned', value: 0.64, n: 104, command: evaluation, measuredAt: '2026-11-20' },
      { id: 'held-out-score', approach: 'rag', value: 0.81, n: 104, command: evaluation, measuredAt: '2026-11-20' },
      { id: 'training-seconds', approach: 'fine-tuned', value: 1284, n: 312, command: 'npm run finetune -- --name pajak', measuredAt: '2026-11-20' },
    ],
    problems: [],
  };
}
