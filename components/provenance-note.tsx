'use client';
import { Collapsible } from '@base-ui/react/collapsible';
import type { AppliedAdapter, Provenance } from '@/lib/answer/events.ts';
import { Chevron } from './glyphs.tsx';
import { useTexts } from './language.tsx';

const SHORT = 7;

/** The hashes of what answered: short to compare at a glance, whole when opened. */
export function ProvenanceNote({ provenance }: { provenance: Provenance }) {
  const { texts, format } = useTexts();
  const adapterName = ({ name, strength }: AppliedAdapter) => `${texts.provenance.adapter} ${name}${strength === 1 ? '' : ` × ${format.decimal(strength, 2)}`}`;
  const hashes: { name: string; hash: string | null }[] = [
    { name: texts.provenance.base, hash: provenance.baseHash },
    ...provenance.adapters.map((adapter) => ({ name: adapterName(adapter), hash: adapter.hash })),
    { name: texts.provenance.prompt, hash: provenance.promptHash },
    { name: texts.provenance.index, hash: provenance.indexHash },
  ];
  return (
    <Collapsible.Root className="self-end border-t border-line pt-3 text-sm">
      <Collapsible.Trigger className="group flex w-full flex-wrap items-baseline gap-x-3.5 gap-y-0.5 py-1 text-left text-soft hover:text-ink">
        <span className="font-medium">
          <Chevron /> {texts.provenance.title}
        </span>
        {hashes.map(({ name, hash }) => hash && (
          <span key={name} className="min-w-0 break-words">
            {name} <code className="font-mono text-[0.92em] text-ink">{hash.slice(0, SHORT)}</code>
          </span>
        ))}
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <dl className="pt-2">
          {hashes.map(({ name, hash }) => (
            <div key={name} className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-3 py-1">
              <dt className="break-words text-soft">{name}</dt>
              <dd className={hash ? 'font-mono text-[0.92em] break-all' : 'text-soft'}>{hash ?? texts.provenance.none}</dd>
            </div>
          ))}
        </dl>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
