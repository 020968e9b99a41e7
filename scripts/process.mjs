// Runs other programs and leaves none behind: each gets a process group of its own, and a signal that this program
// receives goes to all of them before it ends.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How long a program may take to end after a signal, in milliseconds, before it is killed. */
const grace = 10_000;

/** @typedef {'SIGINT' | 'SIGTERM' | 'SIGHUP'} StopSignal */
/** @type {readonly StopSignal[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const grouped = process.platform !== 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {StopSignal | undefined} */
let stoppedBy;

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env] added to the environment; undefined removes
 * @property {boolean} [quiet] keeps the output for the result instead of showing it
 *
 * @typedef {{ code: number, output: string, seconds: number }} RunResult
 */

/**
 * Runs a program to its end in the current folder. A program that cannot be started ends with code 127.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, parameters, { env = {}, quiet = false } = {}) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      detached: grouped,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    /** @type {Buffer[]} */
    const pieces = [];
    /** @param {Buffer} piece */
    const keep = (piece) => void pieces.push(piece);
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    watch(child);

    /** @param {number} code */
    const end = (code) => {
      unwatch(child);
      const seconds = (performance.now() - started) / 1000;
      resolve({ code, output: Buffer.concat(pieces).toString('utf8'), seconds });
    };
    child.on('error', (error) => {
      pieces.push(Buffer.from(`${command}: ${error.message}\n`));
      end(127);
    });
    child.on('close', (code, signal) => end(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

/**
 * Runs a program of an installed package with this Node.
 * @param {string} script such as `eslint/bin/eslint.js`
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 */
export function runTool(script, parameters, options) {
  return run(process.execPath, [`node_modules/${script}`, ...parameters], options);
}

/** @param {import('node:child_process').ChildProcess} child */
function watch(child) {
  if (running.size === 0) for (const signal of stopSignals) process.on(signal, stop);
  running.add(child);
}

/** @param {import('node:child_process').ChildProcess} child */
function unwatch(child) {
  if (!running.delete(child) || running.size > 0) return;
  if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
  for (const signal of stopSignals) process.off(signal, stop);
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  const known = stopSignals.find((one) => one === signal);
  if (!known || stoppedBy) return;
  stoppedBy = known;
  for (const child of running) kill(child, 'SIGINT'); // the one at which Playwright also stops its servers
  setTimeout(() => {
    for (const child of running) kill(child, 'SIGKILL');
  }, grace).unref();
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function kill(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(grouped ? -child.pid : child.pid, signal);
  } catch (error) {
    // it ended by itself in between; anything else is worth a word
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) console.error(error);
  }
}
