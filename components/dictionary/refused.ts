/** Why a file cannot be imported, in Indonesian; in English the server's own words say it. */
import { workspaceRefusalText, type AdapterRefusal, type AdapterRefusals, type WorkspaceRefusal, type WorkspaceRefusalTexts } from '@/lib/messages/refused.ts';
import { skipReasonText, type SkipReason } from '@/lib/messages/skipped.ts';
import type { ProblemText } from './problems.ts';
import { INDONESIAN_SKIPS } from './skipped.ts';

const unreadable = ({ why }: { readonly why: SkipReason }): string => skipReasonText(why, INDONESIAN_SKIPS);
/** Not what a newer server may object to. */
const isKnown = (why: WorkspaceRefusal | AdapterRefusal, texts: object): boolean => why.id in texts && (why.id !== 'unreadable' || why.facts.why.id in INDONESIAN_SKIPS);

const WORKSPACES: WorkspaceRefusalTexts = {
  unreadable,
  link: ({ entry }) => `"${entry}" adalah tautan, bukan berkas`,
  outside: ({ entry }) => `"${entry}" menunjuk ke luar ruang kerja`,
  'no-definition': ({ file }) => `tidak berisi ${file}`,
  'no-part': ({ entry }) => `"${entry}" bukan bagian dari ruang kerja`,
  'entry-too-large': ({ entry, limit }) => `"${entry}" lebih besar dari ${limit}`,
  'entry-not-utf8': ({ entry }) => `"${entry}" bukan teks UTF-8`,
  definition: ({ file }) => `${file} tidak dapat dipakai`,
};

/** As a workspace; `null` for a reason that is not known here. */
export function workspaceRefused(file: string, why: WorkspaceRefusal): ProblemText | null {
  if (!isKnown(why, WORKSPACES)) return null;
  return {
    message: `${file} tidak dapat diimpor: ${workspaceRefusalText(why, WORKSPACES)}.`,
    ...(why.id === 'definition' && { detail: why.facts.cause }),
    remedy: 'Pilih berkas hasil ekspor sebuah ruang kerja. Tidak ada isinya yang diambil.',
  };
}

const SAVED_BY_PEFT = 'Berikan ZIP berisi folder yang ditulis save_pretrained dari PEFT.';
const AGAIN = 'Simpan adapternya sekali lagi.';
const ON_OUR_BASE = 'Latih adapternya di atas model dasar yang diekspor dari sini.';

const ADAPTERS: { readonly [Id in keyof AdapterRefusals]: (facts: AdapterRefusals[Id]) => ProblemText } = {
  unreadable: (facts) => ({ message: `Arsip ini tidak dapat diimpor: ${unreadable(facts)}.`, remedy: SAVED_BY_PEFT }),
  twice: ({ file }) => ({ message: `Arsip ini tidak dapat diimpor: ada dua ${file} di dalamnya.`, remedy: SAVED_BY_PEFT }),
  missing: ({ file }) => ({ message: `Tidak ada ${file} di dalamnya.`, remedy: SAVED_BY_PEFT }),
  pickle: ({ file }) => ({ message: `Adapter ini berupa pickle (${file}), yang dapat menjalankan program ketika dibuka.`, remedy: 'Simpan dengan save_pretrained(..., safe_serialization=True) dari PEFT.' }),
  'not-json': ({ file }) => ({ message: `${file} bukan JSON yang sah.`, remedy: AGAIN }),
  configuration: ({ file, cause }) => ({ message: `${file} tidak dapat dipakai.`, detail: cause, remedy: 'Latih adapter LoRA biasa pada lapisan linear.' }),
  weights: ({ file, cause }) => ({ message: `${file} tidak terbaca.`, detail: cause, remedy: 'Simpan adapternya sekali lagi, sebagai float32, float16, atau bfloat16.' }),
  'upper-part': ({ beneath }) => ({
    message: `Adapter ini dilatih di atas "${beneath}", yang tidak ada di dalam berkas ini: sendirian, jawabannya tidak bermakna.`,
    remedy: 'Ekspor di tempat ia dilatih (npm run adapter -- export NAMA FOLDER): keduanya lalu menjadi satu.',
  }),
  'other-base': () => ({ message: 'Adapter ini dilatih di atas model dasar lain, bukan yang dipakai di sini.', remedy: ON_OUR_BASE }),
  'too-strong': ({ module, alpha }) => ({ message: `Dengan kekuatannya (alpha ${alpha}), matriks ${module} tidak lagi berisi bilangan berhingga.`, remedy: 'Periksa lora_alpha dan alpha_pattern di adapter_config.json.' }),
  'other-tensor': ({ tensor }) => ({ message: `Tensor "${tensor}" bukan matriks LoRA dari lapisan linear.`, remedy: 'Adapter hanya boleh mengubah lapisan linear, bukan embedding, normalisasi, atau bias.' }),
  'not-finite': ({ tensor }) => ({ message: `Tensor "${tensor}" berisi nilai yang bukan bilangan berhingga.`, remedy: 'Latihannya menyimpang (divergen); pakai titik simpan yang lebih awal.' }),
  empty: () => ({ message: 'Adapter ini tidak berisi matriks.', remedy: AGAIN }),
  'no-layer': ({ module }) => ({ message: `Model ini tidak punya lapisan ${module}.`, remedy: ON_OUR_BASE }),
  'half-pair': ({ module }) => ({ message: `Hanya ada satu dari dua matriks ${module}.`, remedy: AGAIN }),
  'other-sizes': ({ module, have, need, rank }) => ({ message: `Ukuran matriks ${module} adalah ${have}; model ini perlu ${need}, dengan R paling besar ${rank}.`, remedy: ON_OUR_BASE }),
};

/** As an adapter; `null` for a reason that is not known here. */
export const adapterRefused = (why: AdapterRefusal): ProblemText | null => (isKnown(why, ADAPTERS) ? (ADAPTERS[why.id] as (facts: AdapterRefusal['facts']) => ProblemText)(why.facts) : null);
