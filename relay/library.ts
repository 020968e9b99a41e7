// The package as a library: `import { runPipeline } from 'sluice'`. Built to dist/relay/engine.js; library/api.ts says what
// each function does. Everything runs in the calling process, on native DuckDB.
import { planPipeline as plan } from '../shared/run/plan.ts';
import { runPipeline as run } from '../shared/run/run.ts';
import type * as Api from './library/api.ts';
import { loadDocument } from './library/load.ts';
import { openPlatform } from './library/platform.ts';
import { ResultGatherer } from './library/result.ts';

export { SluiceError } from '../shared/errors.ts';

export const runPipeline: typeof Api.runPipeline = async (request) => {
  const { onEvent, signal } = request;
  const platform = await openPlatform(request);
  const gatherer = new ResultGatherer();
  try {
    await run(loadDocument({ ...request, secrets: request.secrets ?? {} }), platform, {
      ...(signal ? { signal } : {}),
      singleRun: true,
      emit: (event) => {
        gatherer.take(event);
        onEvent?.(event);
      },
    });
    return gatherer.result;
  } finally {
    await platform.close();
  }
};

export const planPipeline: typeof Api.planPipeline = async (request) => {
  const platform = await openPlatform(request);
  try {
    return await plan(loadDocument({ ...request, secrets: request.secrets ?? {} }), platform, {
      signal: request.signal,
    });
  } finally {
    await platform.close();
  }
};

export const validatePipeline: typeof Api.validatePipeline = (request) => {
  const { pipeline, issues } = loadDocument(request);
  return { valid: pipeline !== undefined, issues };
};
