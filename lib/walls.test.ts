/** The walls of the house: which room may import which, and that no file names the machine it was written on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Rooms of lib from the ground up. Those on one line may know each other; each may know all lines before. */
const FLOORS: readonly (readonly string[])[] = [
  ['system', 'answer', 'messages'],
  ['question', 'onnx', 'weights', 'tokenizer'],
  ['transformer', 'gradient'],
  ['retrieve', 'workspace', 'prompt', 'generate', 'finetune'],
  ['approaches', 'training', 'exchange'],
  ['stream', 'metrics'],
  ['evaluate', 'benchmark'],
  ['cli', 'recipe'],
];
/** What runs in the browser; nothing of the models gets there. */
const COMPONENTS_MAY_KNOW = ['question', 'answer', 'messages', 'stream', 'metrics'];

const root = path.resolve(import.meta.dirname, '..');
const IMPORT = /(?:^|[\s;{}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]/gm;

/** `lib/answer`, `app`, `components`; `null` for a file in no room. */
function roomOf(file: string): string | null {
  const [top, room, ...rest] = file.split('/');
  if (top === 'lib') return rest.length > 0 ? `lib/${room}` : null;
  return top === 'app' || top === 'components' ? top : null;
}

function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)]
    .map(([, from, dynamic, url]) => from ?? dynamic ?? url)
    .flatMap((target) => (target.startsWith('@/') ? [target.slice(2)] : target.startsWith('.') ? [path.posix.join(path.posix.dirname(file), target)] : []));
}

/** Why a file may not import another; `null` when it may. */
function objection(from: string, to: string): string | null {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === null || there === null || here === there) return null;
  if (here === 'app') return null;
  const room = there.replace('lib/', '');
  if (here === 'components') return there.startsWith('lib/') && COMPONENTS_MAY_KNOW.includes(room) ? null : `components may import only lib/${COMPONENTS_MAY_KNOW.join(', lib/')}`;
  if (!there.startsWith('lib/')) return `lib never imports ${there}`;
  const floorOf = (name: string) => FLOORS.findIndex((floor) => floor.includes(name.replace('lib/', '')));
  if (floorOf(here) < 0) return `${here} has no floor; give it one in lib/walls.test.ts`;
  if (floorOf(there) < 0) return `${there} has no floor; give it one in lib/walls.test.ts`;
  return floorOf(there) <= floorOf(here) ? null : `${here} comes before ${there}`;
}

function objections(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, source]) =>
    importsOf(file, source).flatMap((target) => {
      const reason = objection(file, target);
      return reason === null ? [] : [`${file} imports ${target}: ${reason}`];
    }),
  );
}

/** Home and work folders of a machine, in any of its systems' spellings. */
const MACHINE_PATH = /(?<![\w.$}:/-])\/(?:work|home|root|Users|tmp)\/[\w.-]+|[A-Z]:\\Users\\/g;

const FOLDERS = ['app', 'components', 'docs', 'e2e', 'lib'];

/** The project's own files by their paths below its root: those beside package.json and in FOLDERS. */
function ours(...endings: string[]): Map<string, string> {
  const below = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
  );
  const beside = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);
  const wanted = [...beside, ...below].filter((file) => endings.some((ending) => file.endsWith(ending)));
  return new Map(wanted.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

describe('the walls', () => {
  const sources = ours('.ts', '.tsx', '.mjs');

  it('stand: imports go one way', () => {
    expect(sources.size).toBeGreaterThan(50);
    expect(objections(sources)).toEqual([]);
  });

  it('hold no path of a machine', () => {
    const files = ours('.ts', '.tsx', '.mjs', '.css', '.json', '.md');
    files.delete('lib/walls.test.ts');
    const found = [...files].flatMap(([file, source]) => (source.match(MACHINE_PATH) ?? []).map((place) => `${file}: ${place}`));
    expect(found).toEqual([]);
  });
});

describe('the inspector of the walls', () => {
  it.each([
    ['lib/answer/events.ts', `import { run } from '../generate/engine.ts';`, 'lib/answer comes before lib/generate'],
    ['lib/retrieve/index.ts', `export { evaluate } from '../evaluate/run.ts'`, 'lib/retrieve comes before lib/evaluate'],
    ['lib/onnx/graph.ts', `const late = await import('../transformer/forward.ts');`, 'lib/onnx comes before lib/transformer'],
    ['lib/onnx/graph.ts', `new Worker(new URL('../generate/worker.ts', import.meta.url))`, 'lib/onnx comes before lib/generate'],
    ['lib/stream/sse.ts', `import '@/app/globals.css';`, 'lib never imports app'],
    ['lib/stream/sse.ts', `import type {\n  One,\n  Two,\n} from '../../components/pane.tsx';`, 'lib never imports components'],
    ['components/pane.tsx', `import { generationEngine } from '@/lib/generate/engine.ts';`, 'components may import only lib/question, lib/answer, lib/messages, lib/stream, lib/metrics'],
    ['components/pane.tsx', `import { GET } from '../app/api/rag/route.ts';`, 'components may import only lib/question, lib/answer, lib/messages, lib/stream, lib/metrics'],
    ['lib/attic/thing.ts', `import { x } from '../system/paths.ts';`, 'lib/attic has no floor; give it one in lib/walls.test.ts'],
  ])('sees what is wrong in %s with %s', (file, source, reason) => {
    expect(objections(new Map([[file, source]]))).toEqual([expect.stringMatching(new RegExp(`^${file} imports .*: ${reason.replaceAll('/', '\\/')}$`))]);
  });

  it.each([
    ['lib/cli/ask.ts', `import { approach } from '../approaches/index.ts'; import path from 'node:path';`],
    ['lib/generate/engine.ts', `import { embed } from '../retrieve/embed.ts'; import z from 'zod';`],
    ['components/arms/pane.tsx', `import { measure } from '@/lib/metrics/measure.ts'; import { Pane } from '../pane.tsx';`],
    ['app/api/rag/route.ts', `import { approach } from '@/lib/approaches/index.ts'; import { Pane } from '@/components/pane.tsx';`],
  ])('lets %s be', (file, source) => expect(objections(new Map([[file, source]]))).toEqual([]));

  it('knows a path of a machine from one of the web or of the project', () => {
    const places = (text: string) => text.match(MACHINE_PATH);
    expect(places('see /root/main/x and "/home/someone/project"')).toHaveLength(2);
    expect(places('C:\\Users\\someone')).toHaveLength(1);
    expect(places('https://example.org/home/page, app/tmp/file, ${root}/tmp/x, ../tmp/x')).toBeNull();
  });
});
