import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DamagedArtifactError } from '../system/errors.ts';
import { WORKSPACE_FILES, type WorkspaceFolders } from './folders.ts';
import { workspaceSchema, type WorkspaceDefinition } from './schemas.ts';

const settingsSchema = z.object({ adapter: z.string().min(1).nullish() });
const fields = z.record(z.string(), z.unknown());

/**
 * What a workspace says about itself: the shipped file, over it the fields of a person's own file, over them the adapter that
 * a person chose. Without any file its name is its title. DamagedArtifactError names a file that cannot be used.
 */
export async function readDefinition(name: string, { shipped, own }: WorkspaceFolders): Promise<WorkspaceDefinition> {
  let said: Record<string, unknown> = { title: { id: name, en: name } };
  for (const folder of [shipped, own]) {
    const file = path.join(folder, WORKSPACE_FILES.definition);
    const remedy = folder === shipped ? `git checkout -- ${path.relative(process.cwd(), file)}` : `Mend it, or delete ${file}`;
    said = (await readJson(file, fields.transform((row) => workspaceSchema.parse({ ...said, ...row })), remedy)) ?? said;
  }
  const settings = path.join(own, WORKSPACE_FILES.settings);
  const chosen = await readJson(settings, settingsSchema, `Delete ${settings}, and choose the adapter again`);
  return workspaceSchema.parse({ ...said, ...(chosen?.adapter !== undefined && { adapter: chosen.adapter ?? undefined }) });
}

/** Teaches a workspace. */
export const teachCommand = (workspace: string): string => `npm run finetune -- --workspace ${workspace} --name ${workspace}`;

/** Lets a workspace answer with the adapter that `teachCommand` makes. */
export const useCommand = (workspace: string): string => `npm run adapter -- use ${workspace} --workspace ${workspace}`;

/** Of a file that a person may have saved: some editors begin it with a byte order mark. */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));

/** `null` when there is no such file. */
async function readJson<Schema extends z.ZodType>(file: string, schema: Schema, remedy: string): Promise<z.output<Schema> | null> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (content === null) return null;
  try {
    return schema.parse(parseJson(content));
  } catch (cause) {
    throw new DamagedArtifactError(`${file} cannot be used: ${reasonOf(cause)}`, { cause, remedy });
  }
}

/** The first thing that a schema objects to, in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const [{ path: place, message }] = error.issues;
  return place.length ? `${place.map(String).join('.')}: ${message}` : message;
}
