// The checks that run no test: types, lint, format, generated files. Two run at a time; what one says is shown whole.
import { generated } from '../generate/list.mjs';
import { run, runTool } from '../process.mjs';
import { fingerprint } from '../setup/stamp.mjs';
import { verdict } from './result.mjs';

/** @typedef {import('../process.mjs').RunResult} RunResult */

const quiet = { quiet: true };

/** Longest first, so that two lanes end at about the same time. */
const checks = [
  { name: 'lint of the page', check: () => lint(['web']) },
  { name: 'lint', check: () => lint(['.', '--ignore-pattern', 'web/']) },
  {
    // of components, TypeScript and JavaScript alike: what `tsc` would check, and more
    name: 'types',
    check: () => runTool('svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings'], quiet),
  },
  { name: 'types of shared', check: () => runTool('typescript/bin/tsc', ['--noEmit', '-p', 'shared'], quiet) },
  {
    name: 'format',
    check: () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'], quiet),
  },
  { name: 'generated files', check: checkGenerated },
];

/** @param {readonly string[]} words */
function lint(words) {
  return runTool('eslint/bin/eslint.js', [...words, '--max-warnings', '0'], quiet);
}

/** @returns {Promise<import('./result.mjs').SuiteResult[]>} */
export async function runChecks() {
  const waiting = [...checks];
  /** @type {import('./result.mjs').SuiteResult[]} */
  const results = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await next.check();
      const result = verdict(next.name, outcome);
      console.log(`${next.name}: ${result.failed ? 'FAILED' : 'ok'} (${outcome.seconds.toFixed(1)} s)`);
      if (result.failed) console.log(outcome.output.trimEnd());
      results.push(result);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

/** @returns {Promise<RunResult>} */
async function checkGenerated() {
  const lock = await run(process.execPath, ['scripts/lock.mjs', '--check'], quiet);
  let { code, output, seconds } = lock;
  for (const { script, writes } of generated) {
    const before = fingerprint(writes);
    const made = await run(process.execPath, [script], quiet);
    seconds += made.seconds;
    output += made.output;
    code ||= made.code;
    if (fingerprint(writes) !== before) {
      code ||= 1;
      output += `${script} wrote something else than Git has: look at the difference and commit it.\n`;
    }
  }
  return { code, output, seconds };
}
