// The Worker that checks the text: the parsers and the schema live here, so that typing never waits for them and the
// page need not carry them.
import { asSluiceError } from '../../../shared/errors.ts';
import { pipelineJsonSchema } from '../../../shared/pipeline/json-schema.ts';
import { checkText } from './answer.ts';
import type { FromChecker, Question, Questions, ToChecker } from './messages.ts';

self.addEventListener('message', ({ data }: MessageEvent<ToChecker>) => self.postMessage(reply(data)));

function reply(asked: ToChecker): FromChecker {
  const { id } = asked;
  try {
    return { kind: 'answer', id, output: answer(asked) };
  } catch (thrown) {
    return { kind: 'failure', id, issue: asSluiceError(thrown).issue };
  }
}

function answer(asked: ToChecker): Questions[Question]['output'] {
  switch (asked.question) {
    case 'check':
      return checkText(asked.input);
    case 'schema':
      return pipelineJsonSchema();
  }
}
