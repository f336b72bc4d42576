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
 * For a button that goes with what it undoes: `stand` has the focus then. Returns what to call when the button is pressed.
 * @param there whether there is something to undo.
 */
export function useFocusOnceUndone(there: boolean, stand: RefObject<HTMLElement | null>): () => void {
  const isPressed = useRef(false);
  useEffect(() => {
    if (there) return;
    if (isPressed.current && isLost()) stand.current?.focus();
    isPressed.current = false;
  }, [there]);
  return () => void (isPressed.current = true);
}

/**
 * For a list from which a row goes with the button that was pressed in it: a button of the row in its place has the focus then, of the last row where none
 * follows; `otherwise` where there is none. What a key that is still down does to the next row must be harmless: not the button that deletes.
 * @param rows shown, another array only once they are read anew; `null` while they are all gone and those before them on their way.
 */
export function useFocusNext<Row>(rows: readonly Row[] | null, idOf: (row: Row) => string, otherwise: RefObject<HTMLElement | null>) {
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const shown = useRef(rows);
  const leaving = useRef<{ readonly id: string; readonly place: number } | null>(null);
  useEffect(() => {
    shown.current = rows;
    const gone = leaving.current;
    if (gone === null) return;
    if (rows === null) {
      leaving.current = { ...gone, place: Infinity };
      return;
    }
    // What stays now stays: when it is leafed away later, nobody has waited for that.
    leaving.current = null;
    const ids = rows.map(idOf);
    if (ids.includes(gone.id) || !isLost()) return;
    const next = ids.at(Math.min(gone.place, ids.length - 1));
    ((next !== undefined && buttons.current.get(next)) || otherwise.current)?.focus();
  }, [rows]);
  return {
    /** The `ref` of the button in a row. */
    button: (id: string) => (button: HTMLButtonElement | null) => void (button ? buttons.current.set(id, button) : buttons.current.delete(id)),
    /** To be called when a row is to be gone from the rows that are read next, or may be; one that is not shown any more has taken no focus with it. */
    leave: (id: string) => {
      const place = shown.current?.findIndex((row) => idOf(row) === id) ?? -1;
      if (place >= 0) leaving.current = { id, place };
    },
  };
}
