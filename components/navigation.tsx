'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { PAGE_ADDRESSES, PAGE_IDS, SHELL_TEXTS } from './dictionary/shell.ts';
import { useTexts } from './language.tsx';
import { addressWith } from './workspaces/choose.ts';
import { useShownWorkspace } from './workspaces/shown-workspace.tsx';

/** The pages of the site, about the workspace that is shown; the one that is open is underlined in both inks. */
export function Navigation() {
  const { language } = useTexts();
  const texts = SHELL_TEXTS[language];
  const path = usePathname();
  const workspace = useShownWorkspace();
  const isOpen = (address: string) => (address === '/' ? path === '/' : path === address || path.startsWith(`${address}/`));
  return (
    <nav aria-label={texts.navigation} className="order-last w-full lg:order-none lg:w-auto">
      <ul className="flex gap-x-6 sm:gap-x-7">
        {PAGE_IDS.map((id) => (
          <li key={id}>
            {/* Fetched when followed: answering on two cores should not wait for pages nobody asked for. */}
            <Link
              href={addressWith(PAGE_ADDRESSES[id], workspace)}
              prefetch={false}
              aria-current={isOpen(PAGE_ADDRESSES[id]) ? 'page' : undefined}
              className="relative flex min-h-11 items-center font-medium text-soft hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {texts.pages[id]}
              {isOpen(PAGE_ADDRESSES[id]) && <TwoLines />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A line printed twice, a little apart, as the word "two" is. */
function TwoLines() {
  return (
    <span aria-hidden="true" className="absolute inset-x-0 bottom-1.5 h-[5px] isolate">
      <span className="overprint absolute inset-x-0 top-0 h-[3px] bg-[var(--ink-rag)]" />
      <span className="overprint absolute -right-0.5 left-0.5 top-[2px] h-[3px] bg-[var(--ink-tuned)]" />
    </span>
  );
}
