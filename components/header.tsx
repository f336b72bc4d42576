'use client';
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { useState, type ReactNode } from 'react';
import type { Language } from '@/lib/answer/events.ts';
import { Sign } from './glyphs.tsx';
import { useTexts } from './language.tsx';
import { Navigation } from './navigation.tsx';
import { remember, THEMES, type Theme } from './preferences.ts';
import { WorkspaceChooser, type WorkspaceName } from './workspaces/workspace-chooser.tsx';

const LANGUAGE_NAMES: Record<Language, string> = { id: 'Bahasa Indonesia', en: 'English' };

interface HeaderProps {
  readonly onLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly workspaces: readonly WorkspaceName[];
}

/** The top row of every page: the name, the pages, the workspace, language and theme. */
export function Header({ onLanguage, theme: served, workspaces }: HeaderProps) {
  const { language, texts } = useTexts();
  const [theme, setTheme] = useState(served);
  const changeTheme = (chosen: Theme) => {
    remember('theme', chosen);
    document.documentElement.dataset.theme = chosen;
    setTheme(chosen);
  };
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1 py-4 sm:gap-x-10">
      <p className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Sign className="h-6 w-auto" />
        {texts.title}
      </p>
      <Navigation />
      {/* Below the pages on a narrow screen, which has room for name, language and theme in its first row. */}
      <div className="order-last w-full lg:order-none lg:w-auto">
        <WorkspaceChooser workspaces={workspaces} />
      </div>
      <div className="ml-auto flex items-center gap-1.5 sm:gap-3">
        <Choice label={texts.languageToggle} value={language} onChange={onLanguage}>
          {(['id', 'en'] as const).map((choice) => (
            <Option key={choice} value={choice} label={LANGUAGE_NAMES[choice]}>
              {choice.toUpperCase()}
            </Option>
          ))}
        </Choice>
        <Choice label={texts.theme.label} value={theme} onChange={changeTheme}>
          {THEMES.map((choice) => (
            <Option key={choice} value={choice} label={texts.theme[choice]}>
              <ThemeGlyph theme={choice} />
            </Option>
          ))}
        </Choice>
      </div>
    </header>
  );
}

function Choice<Value extends string>({ label, value, onChange, children }: { label: string; value: Value; onChange: (value: Value) => void; children: ReactNode }) {
  return (
    <ToggleGroup aria-label={label} value={[value]} onValueChange={([chosen]) => chosen && onChange(chosen as Value)} className="flex rounded-full border border-edge p-0.5">
      {children}
    </ToggleGroup>
  );
}

function Option({ value, label, children }: { value: string; label: string; children: ReactNode }) {
  return (
    <Toggle
      value={value}
      aria-label={label}
      title={label}
      className="grid h-8 min-w-8 place-items-center rounded-full px-2 text-sm font-medium text-soft hover:text-ink focus-visible:rounded-full data-[pressed]:bg-ink data-[pressed]:text-paper"
    >
      {children}
    </Toggle>
  );
}

function ThemeGlyph({ theme }: { theme: Theme }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      {theme === 'system' && (
        <>
          <circle cx="8" cy="8" r="5.75" />
          <path d="M8 2.25a5.75 5.75 0 0 0 0 11.5Z" fill="currentColor" stroke="none" />
        </>
      )}
      {theme === 'light' && (
        <>
          <circle cx="8" cy="8" r="2.75" />
          <path d="M8 1v1.3M8 13.7V15M1 8h1.3M13.7 8H15M3 3l.9.9M12.1 12.1l.9.9M13 3l-.9.9M3.9 12.1 3 13" />
        </>
      )}
      {theme === 'dark' && <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />}
    </svg>
  );
}
