'use client';
import { useEffect, useRef, type RefObject } from 'react';

/**
 * For the button that opens something in its place. When that closes and takes the focus with it, the button has it again, or a keyboard would begin anew
 * at the top of the page; where the button is `disabled` meanwhile, as soon as it can.
 */
export function useFocusBack(open: boolean, disabled = false): RefObject<HTMLButtonElement | null> {
  const opener = useRef<HTMLButtonElement>(null);
  const due = useRef(false);
  useEffect(() => {
    if (open) due.current = true;
    else if (due.current && !disabled) {
      due.current = false;
      if (document.activeElement === document.body) opener.current?.focus();
    }
  }, [open, disabled]);
  return opener;
}
