'use client';
import { useEffect, useRef, type RefObject } from 'react';

/** Whether what had the focus is gone, and a keyboard would begin anew at the top of the page. */
const isLost = (): boolean => document.activeElement === document.body;

/**
 * For the button that opens something in its place. When that closes and takes the focus with it, the button has it again; where the button is `disabled`
 * meanwhile, as soon as it can.
 * @param due whether it is so from the beginning: the button is drawn in place of one that went with the focus.
 */
export function useFocusBack<Kind extends HTMLElement = HTMLButtonElement>(open: boolean, disabled = false, due = false): RefObject<Kind | null> {
  const opener = useRef<Kind>(null);
  const isDue = useRef(due);
  useEffect(() => {
    if (open) isDue.current = true;
    else if (isDue.current && !disabled) {
      isDue.current = false;
      if (isLost()) opener.current?.focus();
    }
  }, [open, disabled]);
  return opener;
}

/**
 * For a list from which a row goes with the button that was pressed in it: a button of the row in its place has the focus then, of the last row where none
 * follows; `otherwise` where there is none. What a key that is still down does to the next row must be harmless: not the button that deletes.
 * @param ids of the rows shown; `null` while it is not known which they are.
 */
export function useFocusNext(ids: readonly string[] | null, otherwise: RefObject<HTMLElement | null>) {
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const leaving = useRef<{ readonly id: string; readonly place: number } | null>(null);
  // After every drawing: it takes a while until the row goes.
  useEffect(() => {
    const gone = leaving.current;
    if (gone === null || ids === null || ids.includes(gone.id)) return;
    leaving.current = null;
    const next = ids.at(Math.min(gone.place, ids.length - 1));
    if (isLost()) ((next !== undefined && buttons.current.get(next)) || otherwise.current)?.focus();
  });
  return {
    /** The `ref` of the button in a row. */
    button: (id: string) => (button: HTMLButtonElement | null) => void (button ? buttons.current.set(id, button) : buttons.current.delete(id)),
    /** To be called before a row goes, or may go. */
    leave: (id: string) => void (leaving.current = { id, place: ids?.indexOf(id) ?? 0 }),
  };
}
