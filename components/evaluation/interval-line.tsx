/** A share as a dot on a line from nothing to all, its interval as a bar; the figures stand beside it as text. */
export function IntervalLine({ value, low, high }: { value: number; low: number; high: number }) {
  const place = (share: number): string => `${Math.min(100, Math.max(0, 100 * share))}%`;
  return (
    <span aria-hidden="true" className="relative block h-5 w-full min-w-0 bg-[linear-gradient(to_right,var(--line)_1px,transparent_1px)] bg-[length:25%_100%] before:absolute before:inset-x-0 before:top-1/2 before:h-px before:bg-line after:absolute after:right-0 after:h-full after:w-px after:bg-line">
      <span className="absolute top-1/2 h-2 -translate-y-1/2 rounded-full bg-[color-mix(in_oklab,var(--arm)_34%,transparent)]" style={{ left: place(low), width: place(high - low) }} />
      <span className="absolute top-1/2 z-[1] size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-arm" style={{ left: place(value) }} />
    </span>
  );
}
