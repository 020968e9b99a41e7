// Writes the types of the library into one file that needs no other: dist/types/engine.d.ts.
import { runTool } from '../process.mjs';

export async function buildTypes() {
  const { code, output } = await runTool(
    'dts-bundle-generator/dist/bin/dts-bundle-generator.js',
    [
      ...['--project', 'scripts/build/library.tsconfig.json', '--no-check', '--no-banner', '--silent'],
      ...['--export-referenced-types=false', '--out-file', 'dist/types/engine.d.ts', 'relay/library/api.ts'],
    ],
    { quiet: true },
  );
  if (code !== 0) throw new Error(`The types of the library could not be made: ${output}`);
}
