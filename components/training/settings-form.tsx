'use client';
import { useId } from 'react';
import type { SettingDefinition, TrainingSettings } from '@/lib/messages/training.ts';
import { useTexts } from '../language.tsx';
import { FIELD, TextButton } from './controls.tsx';
import { defaultOf, type Draft } from './settings.ts';
import { useTrainingTexts } from './texts.ts';

interface SettingsFormProps {
  readonly definitions: readonly SettingDefinition[];
  readonly draft: Draft;
  readonly errors: ReadonlySet<keyof TrainingSettings>;
  readonly onDraft: (draft: Draft) => void;
  readonly person: string;
  readonly onPerson: (person: string) => void;
}

/** Every setting with its default and the reason for it. */
export function SettingsForm({ definitions, draft, errors, onDraft, person, onPerson }: SettingsFormProps) {
  const texts = useTrainingTexts().settings;
  const id = useId();
  return (
    <>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {definitions.map((definition) => (
          <Setting
            key={definition.key}
            definition={definition}
            text={draft[definition.key] ?? defaultOf(definition)}
            wrong={errors.has(definition.key)}
            onText={(text) => onDraft({ ...draft, [definition.key]: text })}
          />
        ))}
        <div>
          <label htmlFor={`${id}-person`} className="font-semibold">
            {texts.person}
          </label>
          <input id={`${id}-person`} value={person} maxLength={60} onChange={(event) => onPerson(event.target.value)} aria-describedby={`${id}-person-reason`} className={`${FIELD} mt-1`} />
          <p id={`${id}-person-reason`} className="mt-1 text-sm text-soft text-pretty">
            {texts.personReason}
          </p>
        </div>
      </div>
      <TextButton className="mt-4" disabled={Object.keys(draft).length === 0} onClick={() => onDraft({})}>
        {texts.reset}
      </TextButton>
    </>
  );
}

function Setting({ definition, text, wrong, onText }: { definition: SettingDefinition; text: string; wrong: boolean; onText: (text: string) => void }) {
  const { language, format } = useTexts();
  const texts = useTrainingTexts().settings;
  const id = useId();
  const shared = { id, 'aria-describedby': `${id}-reason`, className: `${FIELD} mt-1`, value: text };
  const changed = text !== defaultOf(definition);
  const plain = (value: number) => (Number.isInteger(value) ? format.count(value) : format.significant(value));
  return (
    <div>
      <label htmlFor={id} className="font-semibold">
        {texts.names[definition.key] ?? definition.key}
      </label>
      {definition.kind === 'choice' ? (
        <select {...shared} onChange={(event) => onText(event.target.value)}>
          {definition.choices.map((choice) => (
            <option key={choice} value={choice}>
              {texts.choices[choice] ?? choice}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} inputMode={definition.whole ? 'numeric' : 'decimal'} aria-invalid={wrong} onChange={(event) => onText(event.target.value)} autoComplete="off" />
      )}
      <p id={`${id}-reason`} className="mt-1 text-sm text-soft text-pretty">
        {wrong && definition.kind === 'number' && <span className="block font-medium text-warning">{texts.range(plain(definition.least), plain(definition.most), definition.whole)}</span>}
        {changed && <span className="font-medium text-ink">{texts.default(definition.kind === 'choice' ? (texts.choices[definition.default] ?? definition.default) : plain(definition.default))} </span>}
        {definition.reason[language]}
      </p>
    </div>
  );
}
