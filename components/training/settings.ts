/** What a person typed into the settings, and what of it can be sent. */
import type { SettingDefinition, TrainingSettings } from '@/lib/messages/training.ts';

/** As typed; a setting that is not here has its default. */
export type Draft = Partial<Record<keyof TrainingSettings, string>>;

export const defaultOf = (definition: SettingDefinition): string => String(definition.default);

/** The typed number, also with a comma for the decimal mark; NaN for anything else. */
const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));

const fits = (definition: SettingDefinition, text: string): boolean => {
  if (definition.kind === 'choice') return definition.choices.includes(text);
  const value = numberIn(text);
  return value >= definition.least && value <= definition.most && (!definition.whole || Number.isInteger(value));
};

/** The settings that differ from their defaults, and those that cannot be used as typed. */
export function settingsToSend(definitions: readonly SettingDefinition[], draft: Draft): [settings: Partial<TrainingSettings>, errors: ReadonlySet<keyof TrainingSettings>] {
  const settings: Record<string, string | number> = {};
  const errors = new Set<keyof TrainingSettings>();
  for (const definition of definitions) {
    const text = draft[definition.key];
    if (text === undefined || text === defaultOf(definition)) continue;
    if (!fits(definition, text)) errors.add(definition.key);
    else if (definition.kind === 'choice') settings[definition.key] = text;
    else if (numberIn(text) !== definition.default) settings[definition.key] = numberIn(text);
  }
  return [settings as Partial<TrainingSettings>, errors];
}
