// Writes docs/openapi.json from the schemas of the relay's API.
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('../../relay/server/api/openapi.ts') }} */
const { module } = await runnerImport('./relay/server/api/openapi.ts', { configFile: false, logLevel: 'error' });
const text = JSON.stringify(module.openApiDocument());
writeFileSync('docs/openapi.json', await format(text, { printWidth: 120, parser: 'json' }));
