/**
 * A page that lives in a test: what is drawn is pressed and typed into, and it is seen where the focus is. It stands in a document without a browser;
 * what a browser alone knows - layout, the order of Tab, what is hidden - is for e2e/.
 */
// @ts-expect-error Its types declare the module under its former name.
import domino from '@mixmark-io/domino';
import { act, type ReactNode } from 'react';
import { onTestFinished, vi } from 'vitest';

type Root = ReturnType<typeof import('react-dom/client').createRoot>;

export interface LivePage {
  readonly document: Document;
  /** Draws it in place of what was there. */
  show(element: ReactNode): Promise<void>;
  /** As a keyboard does: goes to the button of this name, and presses it. */
  press(name: string): Promise<void>;
  /** Puts these words into the field of this name; the last one where there are several. */
  write(name: string, words: string): Promise<void>;
  /** Lets time go by. */
  pass(milliseconds: number): Promise<void>;
  /** The name of what has the focus; `null` at the top of the page, where a keyboard would begin anew. */
  focused(): string | null;
  find(role: 'button' | 'field', name: string): HTMLElement[];
}

const FIELDS = 'textarea, input, select';

/** What is read out for an element. */
function nameOf(element: Element): string {
  const label = Array.from(element.ownerDocument.querySelectorAll('label')).find((each) => element.id !== '' && each.getAttribute('for') === element.id);
  return (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '').trim();
}

/** An empty page; with `served` one that a server has drawn, which `hydrate` brings to life. */
export async function openPage(served = ''): Promise<LivePage & { hydrate(element: ReactNode, onMismatch: (error: unknown) => void): Promise<void> }> {
  const window = domino.createWindow(`<!doctype html><html><body><div id="root">${served}</div></body></html>`) as Window & typeof globalThis;
  const { document } = window;
  let active: Element | null = null;
  // A browser takes the focus from what goes or cannot be used any more.
  const focusedElement = (): Element => (active = active && document.documentElement.contains(active) && !(active as HTMLButtonElement).disabled ? active : null) ?? document.body;
  Object.defineProperty(document, 'activeElement', { get: focusedElement });
  // Holds what was written last.
  Object.defineProperty(document, 'cookie', { value: '', writable: true });
  const bare = document.createElement;
  document.createElement = ((...given: Parameters<typeof bare>) => {
    const element = bare.apply(document, given);
    return Object.defineProperties(element, {
      focus: { value: () => (active = (element as HTMLButtonElement).disabled ? active : element) },
      // Where in a field one writes on is for a browser.
      setSelectionRange: { value: () => undefined },
    });
  }) as typeof bare;
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  if (typeof navigator === 'undefined') vi.stubGlobal('navigator', window.navigator);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

  // Only now: it looks for a document when it is loaded.
  const { createRoot, hydrateRoot } = await import('react-dom/client');
  const container = document.getElementById('root')!;
  let root: Root | null = null;
  /** Until what was asked of the server has come, and what came of it is drawn. */
  const settled = (work: () => unknown) =>
    act(async () => {
      await work();
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
    });
  onTestFinished(async () => {
    await settled(() => root?.unmount());
    vi.unstubAllGlobals();
  });
  const find = (role: 'button' | 'field', name: string) => Array.from(document.querySelectorAll<HTMLElement>(role === 'button' ? 'button' : FIELDS)).filter((element) => nameOf(element) === name);
  const eventOf = (kind: string): Event => {
    const event = document.createEvent('Event');
    event.initEvent(kind, true, true);
    return event;
  };
  const only = (role: 'button' | 'field', name: string): HTMLElement => {
    const found = find(role, name).at(-1);
    if (!found) throw new Error(`There is no ${role} "${name}" in: ${container.textContent}`);
    return found;
  };
  return {
    document,
    find,
    show: (element) => settled(() => (root ??= createRoot(container)).render(element)),
    hydrate: (element, onRecoverableError) => settled(() => void (root = hydrateRoot(container, element, { onRecoverableError }))),
    press: (name) =>
      settled(() => {
        const button = only('button', name);
        button.focus();
        button.click();
        if (button.getAttribute('type') === 'submit') button.closest('form')?.dispatchEvent(eventOf('submit'));
      }),
    write: (name, words) =>
      settled(() => {
        const field = only('field', name);
        field.focus();
        // React knows what it wrote itself by a property of the element's own.
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!.call(field, words);
        field.dispatchEvent(eventOf('input'));
      }),
    pass: (milliseconds) => settled(() => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    focused: () => {
      const element = focusedElement();
      return element === document.body ? null : nameOf(element);
    },
  };
}
