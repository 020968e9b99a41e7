// The package, as somebody gets it who has nothing else: packed, installed into an empty folder, run, imported.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const pipeline = `sources:
  - { type: inline, name: numbers, csv: "n\\n1\\n2\\n3\\n" }
stages:
  - - { name: doubled, query: SELECT n * 2 AS twice FROM numbers, show: 10 }
destination: { type: file, name: out, location: ./out.csv, format: { type: csv } }
`;

let folder = '';
let files: readonly string[] = [];

/** npm, as it called this test or as the path has it. */
function npm(words: readonly string[], cwd: string): Promise<{ stdout: string }> {
  const script = process.env['npm_execpath'];
  const env = { ...process.env, npm_config_ignore_scripts: 'true' };
  const options = { cwd, env, maxBuffer: 64 * 1024 * 1024 };
  return script === undefined ? run('npm', words, options) : run(process.execPath, [script, ...words], options);
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-package-')));
  const { stdout } = await npm(['pack', '--json', '--pack-destination', folder], process.cwd());
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline', `./${packed?.filename ?? ''}`], folder);
  await writeFile(join(folder, 'pipeline.yml'), pipeline);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('has what it needs, and nothing else', () => {
    for (const needed of ['LICENSE', 'README.md', 'package.json', 'scripts/sluice.mjs', 'dist/types/engine.d.ts']) {
      expect(files).toContain(needed);
    }
    for (const built of ['engine.js', 'server.js', 'sluice.js', 'run.cjs'])
      expect(files).toContain(`dist/relay/${built}`);
    expect(files).toContain('dist/relay/licenses.md');
    expect(files).toContain('dist/web/index.html');
    const strange = files.filter(
      (file) => !/^(LICENSE|README\.md|package\.json|scripts\/sluice\.mjs)$|^dist\/(relay|types|web)\//.test(file),
    );
    expect(strange).toEqual([]);
    expect(files.filter((file) => /(\.test\.|\.map$|(?<!\.d)\.ts$|\.env|\.log$)/.test(file))).toEqual([]);
  });

  it('depends on what is not bundled, and on nothing that is', async () => {
    const relay = join(folder, 'node_modules/sluice/dist/relay');
    const imported = new Set<string>();
    for (const file of (await readdir(relay)).filter((name) => name.endsWith('.js'))) {
      const text = await readFile(join(relay, file), 'utf8');
      for (const [, name = ''] of text.matchAll(/^(?:import|export)\b[^'"\n]*["']([^'"\n]+)["'];?$/gm)) {
        if (!name.startsWith('.') && !isBuiltin(name)) imported.add(name);
      }
    }
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object };
    for (const name of imported) expect(Object.keys(dependencies)).toContain(name);
    const installed = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, { optional?: boolean }>;
    };
    const direct = Object.keys(installed.packages).filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path));
    expect(direct.length).toBeLessThan(20);
  });

  it('runs as a command', async () => {
    const command = join(folder, 'node_modules/.bin', process.platform === 'win32' ? 'sluice.cmd' : 'sluice');
    const { stdout } = await run(command, ['run', '-f', 'pipeline.yml'], { cwd: folder });
    expect(stdout).toContain('| 6     |');
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('twice\n2\n4\n6\n');
  });

  it('runs as a relay, with a process for each run', async () => {
    const program = join(folder, 'node_modules/sluice/scripts/sluice.mjs');
    const data = join(folder, 'data');
    await mkdir(data);
    const words = ['serve', '--port', '0', '--data-dir', data, '--state-dir', join(folder, 'state')];
    const relay = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let told = '';
      for await (const text of relay.stdout.setEncoding('utf8')) {
        told += String(text);
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0];
        if (address === undefined) continue;
        const there = ['run', '-f', 'pipeline.yml', '--executor', address];
        const { stdout } = await run(process.execPath, [program, ...there], { cwd: folder });
        expect(stdout).toContain('| 6     |');
        break;
      }
    } finally {
      const ended = once(relay, 'exit');
      relay.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    }
  });

  it('is a library', async () => {
    const program = `import { runPipeline, validatePipeline } from 'sluice';
import { readFileSync } from 'node:fs';
const document = readFileSync('pipeline.yml', 'utf8');
const seen = [];
const { outcome, outputs, destination } = await runPipeline({ document, directories: ['.'], onEvent: ({ type }) => seen.push(type) });
const { valid, issues } = validatePipeline({ document: 'sources: 1' });
console.log(JSON.stringify({ outcome, rows: outputs[0].rows, destination, last: seen.at(-1), valid, code: issues[0].code }));`;
    await writeFile(join(folder, 'library.mjs'), program);
    const { stdout } = await run(process.execPath, ['library.mjs'], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ outcome: 'succeeded', rows: [['2'], ['4'], ['6']], last: 'run_completed', valid: false },
      destination: { name: 'out', rows: 3 },
    });
  });

  it('has types that need nothing else', async () => {
    const program = `import { planPipeline, runPipeline, SluiceError, type Issue, type PipelineResult, type RunEvent } from 'sluice';
export async function use(document: string, signal: AbortSignal): Promise<Issue | undefined> {
  const events: RunEvent[] = [];
  const result: PipelineResult = await runPipeline({ document, directories: ['.'], signal, onEvent: (event) => events.push(event) });
  for (const output of result.outputs) if (output.kind === 'show') { const rows: number = output.rows.length; void rows; }
  // @ts-expect-error directories must be given
  await runPipeline({ document });
  const { plan } = await planPipeline({ document, directories: 'everything' });
  const possible: boolean | undefined = plan?.places.browser.possible;
  void possible;
  return result.issue ?? new SluiceError({ code: 'internal', severity: 'error', message: '' }).issue;
}
`;
    await writeFile(join(folder, 'types.ts'), program);
    const compilerOptions = {
      ...{ noEmit: true, strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], types: [] },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const told = run(process.execPath, [compiler, '-p', '.'], { cwd: folder }).then(
      ({ stdout }) => stdout,
      (thrown: unknown) => (thrown as { stdout: string }).stdout,
    );
    expect(await told).toBe('');
  });
});
