// What scripts write and Git keeps. `npm run generate` runs them all; `npm run check` sees that nothing changes by it.

export const generated = [
  { script: 'examples/generate.mjs', writes: ['examples'] },
  { script: 'scripts/generate/functions.mjs', writes: ['web/app/editor/sql/functions.generated.json'] },
  { script: 'scripts/generate/calls.mjs', writes: ['shared/sql/calls/allowed.generated.ts'] },
  { script: 'scripts/generate/places.mjs', writes: ['shared/sql/functions.generated.ts'] },
  {
    script: 'scripts/generate/docs.mjs',
    writes: ['docs/options.md', 'docs/pipeline.schema.json', 'docs/dialects.md'],
  },
  { script: 'scripts/generate/openapi.mjs', writes: ['docs/openapi.json'] },
];
