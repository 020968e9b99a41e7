// The version of this package. Sources lie one folder below package.json, the bundle two.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function packageVersion(): string {
  const folder = import.meta.dirname.endsWith(join('dist', 'relay')) ? '../..' : '..';
  const text = readFileSync(join(import.meta.dirname, folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
