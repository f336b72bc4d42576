/**
 * A language model whose rows stand on one of two sets of weights: those with the adapter that lies beneath every arm merged in, for rows that
 * have it at full strength, and the plain base for all others. Rows of one set take their steps together.
 */
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { AdapterHolder } from './adapter-shelf.ts';
import type { PackedAdapter } from './adapter-inputs.ts';
import type { LanguageModel } from './model.ts';
import type { Row, RowAdapter, StepModel } from './step-model.ts';

interface StandingRow extends Row {
  readonly adapters: readonly RowAdapter[];
  /** `null` until the row's first token is read. */
  standing: { readonly model: LanguageModel; readonly row: Row } | null;
}

export class MergedModel implements StepModel, AdapterHolder {
  private readonly adapters = new Map<string, PackedAdapter>();
  private plain: Promise<LanguageModel> | null = null;
  private nextId = 1;

  /**
   * @param merged the weights with the adapter `mergedKey` in them.
   * @param openPlain opens the base weights, at the first row that needs them.
   */
  constructor(private readonly merged: LanguageModel, private readonly mergedKey: string, private readonly openPlain: () => Promise<LanguageModel>) {}

  get configuration(): DecoderConfiguration {
    return this.merged.configuration;
  }

  get contextLength(): number {
    return this.merged.contextLength;
  }

  get vocabularySize(): number {
    return this.merged.vocabularySize;
  }

  loadAdapter(key: string, packed: PackedAdapter): void {
    this.adapters.set(key, packed);
    if (key !== this.mergedKey) this.merged.loadAdapter(key, packed);
    void this.withOpenPlain((plain) => plain.loadAdapter(key, packed));
  }

  unloadAdapter(key: string): void {
    this.adapters.delete(key);
    this.merged.unloadAdapter(key);
    void this.withOpenPlain((plain) => plain.unloadAdapter(key));
  }

  openRow(adapters: readonly RowAdapter[]): Row {
    for (const { key } of adapters) if (!this.adapters.has(key)) throw new Error(`Adapter "${key}" has not been loaded into the model.`);
    const row: StandingRow = {
      id: this.nextId++,
      adapters,
      standing: null,
      get length() {
        return this.standing?.row.length ?? 0;
      },
    };
    return row;
  }

  closeRow(row: Row): void {
    const { standing } = row as StandingRow;
    standing?.model.closeRow(standing.row);
  }

  async resume(row: Row, prompt: readonly number[], chunk: number): Promise<number> {
    const { model, row: inner } = await this.stand(row as StandingRow);
    return model.resume(inner, prompt, chunk);
  }

  async extend(row: Row, tokens: readonly number[]): Promise<Float32Array> {
    const { model, row: inner } = await this.stand(row as StandingRow);
    return model.extend(inner, tokens);
  }

  async step(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]> {
    const standing = await Promise.all(rows.map((row) => this.stand(row as StandingRow)));
    const logits = new Array<Float32Array>(rows.length);
    for (const model of new Set(standing.map((each) => each.model))) {
      const members = standing.flatMap((each, index) => (each.model === model ? [index] : []));
      const scores = await model.step(members.map((index) => standing[index].row), members.map((index) => tokens[index]));
      for (const [order, index] of members.entries()) logits[index] = scores[order];
    }
    return logits;
  }

  async release(): Promise<void> {
    await this.merged.release();
    await this.withOpenPlain((plain) => plain.release());
  }

  private async stand(row: StandingRow): Promise<NonNullable<StandingRow['standing']>> {
    if (row.standing === null) {
      const beneath = row.adapters.find(({ key, scale }) => key === this.mergedKey && scale === 1);
      const model = beneath ? this.merged : await this.withPlain();
      row.standing = { model, row: model.openRow(row.adapters.filter((adapter) => adapter !== beneath)) };
    }
    return row.standing;
  }

  /** Once the plain weights are open, or are found not to open, which whoever reads with them is told; nothing where nobody asked for them. */
  private async withOpenPlain(change: (plain: LanguageModel) => void | Promise<void>): Promise<void> {
    await this.plain?.then(change, () => {});
  }

  private withPlain(): Promise<LanguageModel> {
    this.plain ??= this.openPlain().then(
      (plain) => {
        for (const [key, packed] of this.adapters) plain.loadAdapter(key, packed);
        return plain;
      },
      (error: unknown) => {
        // The next row tries again.
        this.plain = null;
        throw error;
      },
    );
    return this.plain;
  }
}
