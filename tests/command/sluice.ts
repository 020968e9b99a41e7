// Runs the command as a process of its own, in a folder of its own.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { builtCommand } from './built.ts';

export interface StartOptions {
  readonly cwd?: string;
  /** What standard input holds; nothing by default. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Words for Node, before the program. */
  readonly node?: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export class Running {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  readonly #waiting = new Set<() => void>();

  constructor(program: string, words: readonly string[], { cwd, input, env = {}, node = [] }: StartOptions) {
    const { PATH = '', TMPDIR = tmpdir() } = process.env;
    this.child = spawn(process.execPath, [...node, program, ...words], {
      stdio: 'pipe',
      env: { PATH, TMPDIR, HOME: tmpdir(), ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.child.stdin.on('error', () => undefined); // it may end without reading
    this.child.stdin.end(input ?? '');
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#wake();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#wake();
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code) => {
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr });
        this.#wake();
      });
    });
  }

  /** Resolves when it has printed this, on either stream; fails when it ends without. */
  async until(text: string): Promise<void> {
    while (!this.#stdout.includes(text) && !this.#stderr.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`It ended without "${text}": ${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

export async function start(words: readonly string[], options: StartOptions = {}): Promise<Running> {
  return new Running(await builtCommand(), words, options);
}

/** Runs it to its end. */
export async function sluice(words: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return (await start(words, options)).ended;
}

/** A temporary folder with these files in it, for as long as the task takes. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  task: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-command-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The objects of JSON lines. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
