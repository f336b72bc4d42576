/** What a person may set for a training: defaults, limits, and why the defaults are what they are. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SETTINGS, type FineTuneSettings } from '../finetune/settings.ts';
import { READER } from '../generate/adapters.ts';
import type { SettingDefinition, TrainingSettings } from '../messages/training.ts';
import { BadInputError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';

/** All settings of a training, as the page offers them. Limits and defaults follow the model and the adapters that are there. */
export function settingDefinitions(): SettingDefinition[] {
  const number = (key: keyof TrainingSettings, value: number, least: number, most: number, whole: boolean, id: string, en: string): SettingDefinition =>
    ({ key, kind: 'number', default: value, least, most, whole, reason: { id, en } });
  const choice = (key: keyof TrainingSettings, value: string, choices: readonly string[], id: string, en: string): SettingDefinition =>
    ({ key, kind: 'choice', default: value, choices, reason: { id, en } });
  const layers = layersOfModel();
  const readerIsThere = existsSync(path.join(modelsDirectory(), 'adapters', READER));
  const { epochs, learningRate, batchSize, rank, alpha, seed, maximumTokens, tooLong, reach } = DEFAULT_SETTINGS;
  return [
    number('epochs', epochs, 1, 100, true,
      'Berapa kali setiap contoh dilihat. Empat dengan langkah besar sebaik enam dengan langkah separuhnya.',
      'How often every example is seen. Four with large steps were as good as six with steps half as large.'),
    number('learningRate', learningRate, 0.000001, 0.1, false,
      'Besar langkah belajar. Separuhnya memerlukan putaran lebih banyak; jauh di atasnya latihan dapat menyimpang.',
      'How large the steps are. Half of it takes more epochs; far more can make training diverge.'),
    number('layers', Math.min(DEFAULT_SETTINGS.layers, layers), 1, layers, true,
      `Lapisan teratas yang dilatih, dari ${layers}. Sama baiknya untuk kalimat baru seperti melatih semuanya, dan lapisan di bawahnya cukup dihitung sekali.`,
      `How many layers are trained, from the top of ${layers}. As good on unseen wordings as all of them, and those below are computed only once.`),
    number('rank', rank, 1, 64, true,
      'Lebar matriks adapter. 16 cukup untuk mempelajari 848 kalimat dari 200 fakta.',
      'Width of the adapter. 16 was enough for 848 wordings of 200 facts.'),
    number('alpha', alpha, 1, 256, false,
      'Kekuatan adapter, dibagi dengan rank; biasanya dua kali rank.',
      'Strength of the adapter, divided by the rank; twice the rank is usual.'),
    number('batchSize', batchSize, 1, 64, true,
      'Contoh per langkah. Pertanyaannya pendek: delapan sudah mengisi prosesor.',
      'Examples a step. Questions are short: eight of them fill the processor.'),
    number('maximumTokens', maximumTokens, 32, 512, true,
      'Contoh terpanjang dalam token. 512 adalah satu jendela perhatian model.',
      'The longest example in tokens. 512 is one attention window of the model.'),
    choice('tooLong', tooLong, ['refuse', 'cut', 'skip'],
      'Contoh yang lebih panjang: latihan ditolak dan contohnya disebut, ekornya dipotong, atau contohnya dilewati.',
      'What becomes of a longer example: the training is refused and names it, its end is cut off, or it is left out.'),
    choice('reach', reach, ['answers', 'everything'],
      'Sejauh mana gradien berjalan mundur. Sampai jawaban: kata-kata pertanyaan hanya dilatih sebagai sesuatu yang dilihat jawaban, hasilnya hampir sama dan jauh lebih cepat. Sampai semuanya: gradien yang sebenarnya.',
      'How far back gradients go. To the answers: words of the question are trained only as something that answers look at, nearly as good and much faster. To everything: the true gradient.'),
    choice('beneath', readerIsThere ? READER : 'none', readerIsThere ? [READER, 'none'] : ['none'],
      'Adapter di bawahnya. Semua panel menjawab di atas "reader", jadi latihan pun di atasnya.',
      'The adapter it is trained on top of. Every pane answers on top of "reader", so it is trained there too.'),
    number('passages', 0, 0, 1, false,
      'Bagian contoh, 0 sampai 1, yang juga ditunjukkan bersama potongan dokumen yang ditemukan pencarian, untuk adapter yang kelak diekspor ke tempat ia diberi potongan: di aplikasi ini tidak ada cara menjawab yang memberinya potongan. Model yang diajar lalu tetap membaca; yang dijawab dengan angka ditunjukkan sekali lagi dengan angka lain, supaya ia membaca dan tidak hanya mengingat. Pertanyaan lain, setengahnya tanpa jawaban, ikut diulang agar model tetap bisa menolak; latihan menjadi lebih lama.',
      'Share of the examples, 0 to 1, that is also shown with the passages a search finds, for an adapter that will be exported to where it is given some: here no way of answering gives it any. What was taught then goes on reading; what is answered by a figure is shown once more with another one, so that it reads rather than recalls. Other questions, half of them without an answer, are rehearsed beside them, so that it goes on refusing; training takes longer.'),
    number('seed', seed, 0, 2 ** 31 - 1, true,
      'Awal bilangan acak: pengaturan dan contoh yang sama memberi hasil yang sama.',
      'Where the random numbers start: the same settings and examples give the same result.'),
  ];
}

/** Given settings over the defaults. BadInputError names the first that is none or lies outside its limits. */
export function completeSettings(given: Readonly<Record<string, unknown>>): TrainingSettings {
  const definitions = settingDefinitions();
  const unknown = Object.keys(given).find((key) => !definitions.some((definition) => definition.key === key));
  if (unknown !== undefined) throw new BadInputError(`"${unknown.slice(0, 40)}" is no setting of a training.`, { remedy: `There are: ${definitions.map(({ key }) => key).join(', ')}.` });
  const entries = definitions.map((definition) => [definition.key, checked(definition, given[definition.key])]);
  return Object.fromEntries(entries) as TrainingSettings;
}

function checked(definition: SettingDefinition, value: unknown = definition.default): unknown {
  if (definition.kind === 'choice') {
    if (definition.choices.includes(value as string)) return value;
    throw new BadInputError(`The setting "${definition.key}" is one of ${definition.choices.join(', ')}.`, { remedy: `Choose one of them; the default is ${definition.default}.` });
  }
  const { key, least, most, whole } = definition;
  if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new BadInputError(`The setting "${key}" is a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`, { remedy: `The default is ${definition.default}.` });
}

/** As the trainer takes them. */
export function trainerSettings({ beneath: _beneath, passages: _passages, ...settings }: TrainingSettings): FineTuneSettings {
  return { ...DEFAULT_SETTINGS, ...settings };
}

function layersOfModel(): number {
  const file = path.join(modelsDirectory(), LANGUAGE_MODEL, 'config.json');
  const { num_hidden_layers: layers } = JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as { num_hidden_layers: number };
  return layers;
}
