// What the deployer of the page may say about its engine, in the page itself (docs/extensions.md).
import type { EngineOptions } from '../../shared/protocol/worker.ts';

/** `<meta name="sluice-extensions" content="/ext">` names the folder with DuckDB's own extensions. */
export function engineOptions(): EngineOptions {
  const extensions = document.querySelector<HTMLMetaElement>('meta[name="sluice-extensions"]')?.content;
  return extensions ? { extensions } : {};
}
