// Writes what docs/ says of the schema of a pipeline and of the functions of the DataFusion dialect.
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('./document.ts') }} */
const document = await runnerImport('./scripts/generate/document.ts', { configFile: false, logLevel: 'error' });
await document.module.writeDocumentation();

/** @type {{ module: typeof import('./dialects.ts') }} */
const dialects = await runnerImport('./scripts/generate/dialects.ts', { configFile: false, logLevel: 'error' });
await dialects.module.writeDialects();
