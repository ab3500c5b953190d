// Builds what the browser is given into src/latentlab/web/. That folder is committed, so that users
// need no Node.
//
//   node build.ts                      write it
//   node build.ts --check              fail where it is not what the sources give
//   node build.ts --print FILE ...     these modules and what they need as one text, for tests

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';

import asc from 'assemblyscript/asc';
import { type BuildOptions, build } from 'esbuild';

// One line for a component that Python puts on a page, under the name by which Python reads it. The
// style and the HTML that stand beside a script under its name go with it.
const COMPONENTS: Record<string, string> = {
  anomalies: 'anomalies/anomalies',
  bottleneck: 'bottleneck/bottleneck',
  carrier: 'lib/carrier',
  class_phone: 'classroom/phone',
  class_projector: 'classroom/projector',
  drawing: 'drawing/drawing',
  explore: 'explore/explore',
  frame: 'shell/frame',
  history: 'shell/history',
  lesson_bar: 'lessons/bar',
  lessons: 'lessons/list',
  map_marks: 'map/marks',
  map_scrub: 'map/scrub',
  neighbors: 'neighbors/neighbors',
  network: 'network/network',
  restore: 'restore/restore',
  shortcut: 'lib/shortcut',
  takehome: 'takehome/takehome',
  training: 'training/training',
  voice: 'lib/voice',
};
const HERE = import.meta.dirname;
const OUT = join(HERE, '../src/latentlab/web');
const MADE = new Set(['.js', '.css', '.html']);
const GEMM = 'runtime/assembly/gemm.ts';
const GEMM_WASM = join(HERE, 'runtime/gemm_wasm.ts');
const GEMM_OPTIONS = [
  ...['--baseDir', HERE, '--outFile', 'gemm.wasm', '--runtime=stub', '--importMemory'],
  ...['-O3', '--enable=simd,bulk-memory', '--noAssert'],
];
// Names and lines are kept, so that what a browser shows can be read.
const OPTIONS = {
  absWorkingDir: HERE,
  bundle: true,
  charset: 'utf8',
  format: 'esm' as const,
  logLevel: 'warning' as const,
  target: 'es2023',
  write: false as const,
} satisfies BuildOptions & { write: false };

type Texts = Map<string, string>; // path of a file -> what belongs into it

/** Compile the matrix product to a module that holds it as base64. */
async function gemmModule(): Promise<string> {
  let wasm: Uint8Array | undefined;
  const { error } = await asc.main([GEMM, ...GEMM_OPTIONS], {
    readFile: (name, base) => {
      const path = join(base, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (_, content) => {
      wasm = content as Uint8Array;
    },
    stderr: process.stderr,
  });
  if (error || !wasm) throw error ?? new Error('The compiler gave nothing.');
  const text = Buffer.from(wasm).toString('base64');
  return `// Made by build.ts from assembly/gemm.ts.\n\nexport const GEMM_WASM =\n  '${text}';\n`;
}

/** The worker's script: a blob: address cannot import, so it travels as text in who starts it. */
async function workerSource(): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: ['runtime/worker.ts'],
    format: 'iife',
  });
  return { WORKER_SOURCE: JSON.stringify(outputFiles[0]?.text) };
}

async function components(): Promise<Texts> {
  const entryPoints = Object.entries(COMPONENTS).flatMap(([out, source]) =>
    ['.ts', '.css', '.html']
      .map((ending) => source + ending)
      .filter((path) => existsSync(join(HERE, path)))
      .map((path) => ({ in: path, out })),
  );
  const { outputFiles } = await build({
    ...OPTIONS,
    define: await workerSource(),
    entryPoints,
    loader: { '.html': 'copy' },
    outdir: OUT,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/** Some modules in one text that exports what each of them exports, its default under its name. */
async function printed(modules: string[]): Promise<string> {
  const lines = modules.map((path) => {
    const hasDefault = readFileSync(join(HERE, path), 'utf8').includes('\nexport default ');
    const whole = `export * from './${path}';`;
    return hasDefault ? `${whole}\nexport { default } from './${path}';` : whole;
  });
  const { outputFiles } = await build({
    ...OPTIONS,
    define: await workerSource(),
    stdin: { contents: lines.join('\n'), resolveDir: HERE },
  });
  return outputFiles[0]?.text ?? '';
}

/** What the folder holds that a build would not leave there. */
function stale(texts: Texts): string[] {
  const made = readdirSync(OUT).filter((name) => MADE.has(extname(name)));
  return made.map((name) => join(OUT, name)).filter((path) => !texts.has(path));
}

function check(texts: Texts): void {
  const differing = [...texts].filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
  );
  const wrong = [...differing.map(([path]) => path), ...stale(texts)].map((path) => basename(path));
  if (!wrong.length) return;
  console.error(`Not what the sources give: ${wrong.join(', ')}. Run "make web" and commit.`);
  process.exitCode = 1;
}

function write(texts: Texts): void {
  mkdirSync(OUT, { recursive: true });
  for (const path of stale(texts)) rmSync(path);
  for (const [path, text] of texts) writeFileSync(path, text);
}

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, print: { type: 'boolean' } },
  allowPositionals: true,
});
if (values.print) {
  process.stdout.write(await printed(positionals));
} else {
  const gemm = await gemmModule();
  if (!values.check) writeFileSync(GEMM_WASM, gemm); // the components take it from there
  const texts = await components();
  texts.set(GEMM_WASM, gemm);
  if (values.check) check(texts);
  else write(texts);
}
