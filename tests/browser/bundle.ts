// Parts of the page by themselves: a component with its styles as one script and one sheet.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

export interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** Bundles the module that mounts a component. */
export async function bundle(entry: URL): Promise<Bundle> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', entry)),
    plugins: [svelte({ configFile: fileURLToPath(new URL('../../svelte.config.js', import.meta.url)) })],
    build: { write: false, lib: { entry: fileURLToPath(entry), formats: ['iife'], name: 'part' } },
  })) as Rolldown.RolldownOutput[];
  const files = built.flatMap(({ output }) => output);
  const script = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
  const style = files.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('');
  return { script, style };
}
