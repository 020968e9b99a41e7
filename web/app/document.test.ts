import { describe, expect, it } from 'vitest';
import type { Issue } from '../../shared/errors.ts';
import { checkText } from './check/answer.ts';
import type { Checked, CheckRequest } from './check/messages.ts';
import { PipelineDocument } from './document.svelte.ts';

const text = "sources: []\nstages:\n  - - name: s\n      query: SELECT '${a}', ${b}\n";
const example = { name: 'e', title: 'E', description: '', path: 'e/pipeline.yml', parameters: { a: '1' } };
const base = 'http://localhost/examples/e/';

const here = { check: (request: CheckRequest): Promise<Checked> => Promise.resolve(checkText(request)) };

function unexpected(thrown: unknown): never {
  throw thrown;
}

async function opened(): Promise<PipelineDocument> {
  const pipeline = new PipelineDocument(here, unexpected);
  await pipeline.open(example, { text, base });
  return pipeline;
}

describe('the document', () => {
  it('asks for the parameters of its text and says which have no value', async () => {
    const pipeline = await opened();
    expect(pipeline.parameterNames).toEqual(['a', 'b']);
    expect(pipeline.issues).toMatchObject([{ code: 'parameter.missing', place: { line: 4 } }]);
    pipeline.setParameter('b', '2');
    await pipeline.check();
    expect(pipeline.issues).toEqual([]);
  });

  it('keeps the parameters while the text cannot be read', async () => {
    const pipeline = await opened();
    pipeline.edit(`${text}  - [`, false);
    await pipeline.check();
    expect(pipeline.issues).toMatchObject([{ code: 'document.syntax' }]);
    expect(pipeline.parameterNames).toEqual(['a', 'b']);
  });

  it('runs with the example’s address until its text is replaced, and without empty values', async () => {
    const pipeline = await opened();
    pipeline.setParameter('b', '');
    expect(pipeline.request()).toEqual({ text, parameters: { a: '1' }, base });
    pipeline.edit(`${text}# more`, false);
    expect(pipeline.request().base).toBe(base);
    pipeline.edit('sources: []', true);
    expect(pipeline.request()).toEqual({ text: 'sources: []', parameters: { a: '1' } });
  });

  it('shows what a run found until the text is checked anew, and nothing twice', async () => {
    const pipeline = await opened();
    const [known] = pipeline.issues;
    const place = { line: 4, column: 1, endLine: 4, endColumn: 2, offset: 40, endOffset: 41 };
    const found: Issue = { code: 'sql.failed', severity: 'error', message: 'Division by zero.', place };
    pipeline.addRunIssues([
      found,
      { code: 'internal', severity: 'error', message: 'No place.' },
      ...(known ? [known] : []),
    ]);
    expect(pipeline.issues).toEqual([known, found]);
    await pipeline.check();
    expect(pipeline.issues).toEqual([known]);
  });
});
