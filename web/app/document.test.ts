import { describe, expect, it } from 'vitest';
import type { Issue } from '../../shared/errors.ts';
import { PipelineDocument } from './document.svelte.ts';

const text = "sources: []\nstages:\n  - - name: s\n      query: SELECT '${a}', ${b}\n";
const example = { name: 'e', title: 'E', description: '', path: 'e/pipeline.yml', parameters: { a: '1' } };
const base = 'http://localhost/examples/e/';

function opened(): PipelineDocument {
  const pipeline = new PipelineDocument();
  pipeline.open(example, { text, base });
  return pipeline;
}

describe('the document', () => {
  it('asks for the parameters of its text and says which have no value', () => {
    const pipeline = opened();
    expect(pipeline.parameterNames).toEqual(['a', 'b']);
    expect(pipeline.issues).toMatchObject([{ code: 'parameter.missing', place: { line: 4 } }]);
    pipeline.setParameter('b', '2');
    pipeline.check();
    expect(pipeline.issues).toEqual([]);
  });

  it('keeps the parameters while the text cannot be read', () => {
    const pipeline = opened();
    pipeline.edit(`${text}  - [`, false);
    pipeline.check();
    expect(pipeline.issues).toMatchObject([{ code: 'document.syntax' }]);
    expect(pipeline.parameterNames).toEqual(['a', 'b']);
  });

  it('runs with the example’s address until its text is replaced, and without empty values', () => {
    const pipeline = opened();
    pipeline.setParameter('b', '');
    expect(pipeline.request()).toEqual({ text, parameters: { a: '1' }, base });
    pipeline.edit(`${text}# more`, false);
    expect(pipeline.request().base).toBe(base);
    pipeline.edit('sources: []', true);
    expect(pipeline.request()).toEqual({ text: 'sources: []', parameters: { a: '1' } });
  });

  it('shows what a run found until the text is checked anew, and nothing twice', () => {
    const pipeline = opened();
    const [known] = pipeline.issues;
    const place = { line: 4, column: 1, endLine: 4, endColumn: 2, offset: 40, endOffset: 41 };
    const found: Issue = { code: 'sql.failed', severity: 'error', message: 'Division by zero.', place };
    pipeline.addRunIssues([
      found,
      { code: 'internal', severity: 'error', message: 'No place.' },
      ...(known ? [known] : []),
    ]);
    expect(pipeline.issues).toEqual([known, found]);
    pipeline.check();
    expect(pipeline.issues).toEqual([known]);
  });
});
