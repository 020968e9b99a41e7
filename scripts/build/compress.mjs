// Vite plugin: stores .br and .gz beside what the page loads, so that the server never compresses while it answers.
// Levels are moderate: the next ones make the engine's 36 MB a few percent smaller and take several times as long.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(css|html|js|svg|wasm)$/;
const smallest = 1024;
const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** @returns {import('vite').Plugin} */
export function compress() {
  let target = '';
  return {
    name: 'sluice:compress',
    apply: 'build',
    configResolved(config) {
      target = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: { order: 'post', sequential: true, handler: () => compressFolder(target) },
  };
}

/** @param {string} folder */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((entry) => compressible.test(entry)).map((entry) => path.join(folder, entry));
  await Promise.all(files.map(compressFile));
}

/** @param {string} file */
async function compressFile(file) {
  if ((await stat(file)).size < smallest) return;
  const bytes = await readFile(file);
  const brotliOptions = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await Promise.all([
    toGzip(bytes, { level: 6 }).then((packed) => writeFile(`${file}.gz`, packed)),
    toBrotli(bytes, { params: brotliOptions }).then((packed) => writeFile(`${file}.br`, packed)),
  ]);
}
