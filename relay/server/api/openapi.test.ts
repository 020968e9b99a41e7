import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { startTestRelay } from '../../../tests/relay/start-relay.ts';
import { openApiDocument, openApiText } from './openapi.ts';

describe('the OpenAPI document', () => {
  const document = openApiDocument();

  it('is the one in docs/', () => {
    const kept: unknown = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('is made once: each request for it cost 5 ms', () => {
    expect(JSON.parse(openApiText())).toEqual(JSON.parse(JSON.stringify(document)));
    expect(openApiText()).toBe(openApiText());
    const made = vi.spyOn(JSON, 'stringify');
    openApiText();
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });

  it('says of every address with a key what wrong keys are answered', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path) as object[]);
    const guarded = operations.filter((operation) => !('security' in operation));
    for (const operation of guarded) expect(operation).toHaveProperty('responses.429');
    expect(document.paths['/api/runs/{id}/events'].get.responses).toHaveProperty('400');
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, name = ''] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('names addresses that the relay has', async () => {
    await using relay = await startTestRelay();
    for (const [path, operations] of Object.entries(document.paths).filter(([name]) => !name.includes('{'))) {
      for (const method of Object.keys(operations)) {
        const { status } = await fetch(`${relay.address}${path}`, { method });
        // what is posted is missing
        expect([method, path, status]).toEqual([method, path, method === 'get' ? 200 : 400]);
      }
    }
  });
});
