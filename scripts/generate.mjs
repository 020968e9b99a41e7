// `npm run generate`: writes the files that are made from the schema of a pipeline and from the list of functions. `npm run check` runs it as well.
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('./generate/document.ts') }} */
const { module } = await runnerImport('./scripts/generate/document.ts', { configFile: false, logLevel: 'error' });
await module.writeDocumentation();

/** @type {{ module: typeof import('./generate/dialects.ts') }} */
const dialects = await runnerImport('./scripts/generate/dialects.ts', { configFile: false, logLevel: 'error' });
await dialects.module.writeDialects();
