// Builds what runs in the process of a run: one file without anything that only others need, and the code that V8 makes of
// it, because a process that starts for every run should not load and compile hundreds of files each time.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { readJson } from '../json.mjs';

/** Written by scripts/build/relay.mjs before; native code stays where npm has put it. */
const external = ['@duckdb/node-bindings', ...builtinModules];

/** What relay/queue/child/start.ts is asked with. */
const keepWord = 'keep-code';

/** Enough to meet most of what every run needs. */
const document = `sources: [{ type: inline, name: numbers, csv: "n\\n1\\n" }]
stages: [[{ name: doubled, query: SELECT n * 2 AS twice FROM numbers, show: 1 }]]
destination: { type: file, name: out, location: out.parquet, format: { type: parquet } }
`;

/**
 * V8 reads text with other characters, even with one, in twice the time. They stand in strings and patterns only.
 * @type {import('vite').Plugin}
 */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_, files) {
    const escaped = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const file of Object.values(files)) {
      if (file.type === 'chunk') file.code = file.code.replaceAll(/[\u0080-\uffff]/g, escaped);
    }
  },
};

/**
 * A program that start.ts compiles has no `import()`: what would load something when it is needed fails then.
 * @type {import('vite').Plugin}
 */
const nothingDynamic = {
  name: 'nothing-dynamic',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const found = importExpressions(this.parse(file.code), file.code);
      if (found.length > 0) this.error(`${file.fileName} cannot use ${found.join(', ')}: import it statically.`);
    }
  },
};

/**
 * The texts of all `import(…)` below a node of a syntax tree (ESTree).
 * @param {unknown} node
 * @param {string} code
 * @returns {string[]}
 */
function importExpressions(node, code) {
  if (typeof node !== 'object' || node === null) return [];
  const { type, start, end } = /** @type {{ type?: string, start?: number, end?: number }} */ (node);
  const own = type === 'ImportExpression' ? [code.slice(start, end)] : [];
  return [...own, ...Object.values(node).flatMap((part) => importExpressions(part, code))];
}

/**
 * Makes run.cjs, which is what to start, in a folder from which @duckdb/node-bindings is found.
 * @param {string} folder
 */
export async function buildRun(folder) {
  await bundle(folder, 'run', 'relay/queue/child/start.ts');
  await bundle(folder, 'run-program', 'relay/queue/child/main.ts');
  await bundle(folder, 'sweep', 'relay/queue/child/sweep.ts');
  try {
    await keepCode(folder);
  } catch (thrown) {
    console.warn(`Runs will start slower, because their code could not be compiled ahead: ${String(thrown)}`);
  }
}

/**
 * @param {string} folder
 * @param {string} name of the built file
 * @param {string} source
 */
export function bundle(folder, name, source) {
  return build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [asciiOnly, nothingDynamic],
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      license: name !== 'run-program' ? false : { fileName: `${name}.licenses.md` },
      rolldownOptions: {
        input: { [name]: source },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          codeSplitting: false,
          // names stay, for what tells of a failure
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  });
}

/**
 * Runs a pipeline as the relay would, and has the process write down its code (relay/queue/child/start.ts).
 * @param {string} folder
 * @returns {Promise<void>}
 */
async function keepCode(folder) {
  const work = mkdtempSync(path.join(tmpdir(), 'sluice-build-'));
  // V8 takes code only under the flags that it was made with
  const execArgv = /** @type {string[]} */ (readJson('relay/queue/child/node-flags.json'));
  const run = fork(path.join(folder, 'run.cjs'), [keepWord], { serialization: 'advanced', execArgv });
  try {
    await new Promise((resolve, reject) => {
      run.on('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)));
      run.on('message', (/** @type {import('../../relay/queue/child/messages.ts').FromChild} */ message) => {
        const ended = message.type === 'events' && message.events.find((event) => event.ended)?.ended;
        if (!ended) return;
        if (ended.state !== 'succeeded') reject(new Error(ended.error?.message ?? ended.state));
        run.send(keepWord);
        // an answer comes when what was asked before is done
        run.send({ type: 'journaled', sequence: Infinity });
        run.on('disconnect', resolve);
      });
      run.send({ type: 'prepare', options: { directories: [work], base: work, temporary: tmpdir() } });
      run.send({ type: 'run', id: '', request: { submission: submission(), submitter: { name: '', secrets: {} } } });
    });
  } finally {
    run.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true });
  }
}

/** @returns {import('../../shared/protocol/relay/runs.ts').RunSubmission} */
function submission() {
  return { document, parameters: {}, substituted: false, whenLeft: 'continue', preview: 0 };
}
