// Vite plugin: the folder examples/ appears under /examples/, in the dev server and in the built page.
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));

/** @returns {import('vite').Plugin} */
export function examples() {
  let target = '';
  return {
    name: 'sluice:examples',
    configResolved(config) {
      target = path.resolve(config.root, config.build.outDir, 'examples');
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        // Vite serves any file of the repository under /@fs/, ranges included
        if (request.url?.startsWith('/examples/')) {
          request.url = `/@fs/${folder.split(path.sep).join('/').replace(/^\//, '')}${request.url.slice('/examples'.length)}`;
        }
        next();
      });
    },
    async writeBundle() {
      await cp(folder, target, { recursive: true, filter: (file) => !file.endsWith('.mjs') });
    },
  };
}
