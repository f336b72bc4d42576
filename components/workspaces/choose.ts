'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { WORKSPACE_COOKIE } from '@/lib/messages/workspaces.ts';

/** The address of a page about a workspace; opening it restores the choice. */
export const addressWith = (path: string, workspace: string): string => `${path}?${new URLSearchParams({ workspace })}`;

/** Kept as language and theme are, so that pages without a workspace in their address are about it too. */
export function rememberWorkspace(name: string): void {
  document.cookie = `${WORKSPACE_COOKIE}=${encodeURIComponent(name)}; path=/; max-age=31536000; samesite=lax`;
}

/** Remembers a workspace and opens a page about it. */
export function useChooseWorkspace(): (name: string, path: string) => void {
  const router = useRouter();
  return useCallback(
    (name, path) => {
      rememberWorkspace(name);
      router.push(addressWith(path, name));
    },
    [router],
  );
}
