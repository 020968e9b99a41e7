// What load-rows.ts fetches.
export { arrowRows } from './arrow-rows.ts';
export { PagedRows } from './paged-rows.svelte.ts';
export { copyCells } from './copy.ts';
