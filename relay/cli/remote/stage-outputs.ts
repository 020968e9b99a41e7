// Puts together what an Aqueducts executor sends of a stage's outputs. Its messages may come late and in any order, and
// several outputs of one stage share their numbers (chapter 9.3 of the reference).
import { chunkCharacters, type OutputPayload } from '../../../shared/protocol/aqueducts.ts';

export interface StageText {
  readonly header: string;
  readonly text: string;
  readonly complete: boolean;
}

/** Characters of one stage that wait to be put together, at most. */
const mostCharacters = 64 * 1024 * 1024;

/** The outputs of one stage. */
export class StageOutputs {
  readonly #headers: string[] = [];
  #ends = 0;
  /** Bodies by their number, in the order in which they came. */
  #chunks = new Map<number, string[]>();
  #characters = 0;

  /** Whether something has come that is not put together yet. */
  get isOpen(): boolean {
    return this.#headers.length + this.#ends + this.#chunks.size > 0;
  }

  /** Takes a message in; answers the outputs once all that began have ended and lack nothing. */
  add(payload: OutputPayload): readonly StageText[] {
    if (payload.type === 'output_start') this.#headers.push(payload.output_header);
    else if (payload.type === 'output_end') this.#ends++;
    else if (this.#characters <= mostCharacters) {
      this.#characters += payload.body.length;
      this.#chunks.set(payload.sequence, [...(this.#chunks.get(payload.sequence) ?? []), payload.body]);
    }
    const texts = this.#assembled();
    const paired = texts.length > 0 && this.#headers.length === texts.length && this.#ends === texts.length;
    return paired && texts.every(({ complete }) => complete) ? this.rest() : [];
  }

  /** What has come so far, complete or not; forgets it. */
  rest(): readonly StageText[] {
    const texts = this.#assembled();
    this.#headers.length = 0;
    this.#ends = 0;
    this.#chunks = new Map();
    this.#characters = 0;
    return texts;
  }

  /** Only the last chunk of an output is shorter than the others: so each chunk belongs to an output that still goes on. */
  #assembled(): StageText[] {
    const begun = Math.max(this.#headers.length, this.#chunks.get(0)?.length ?? 0);
    const outputs = Array.from({ length: begun }, (_, index) => ({
      header: this.#headers[index] ?? '',
      parts: [] as string[],
      ...{ open: true, lacking: false },
    }));
    const last = Math.max(-1, ...this.#chunks.keys());
    for (let sequence = 0; sequence <= last; sequence++) {
      const bodies = [...(this.#chunks.get(sequence) ?? [])];
      for (const output of outputs) {
        if (!output.open) continue;
        const body = bodies.shift();
        if (body === undefined) {
          output.lacking = true;
          continue;
        }
        output.parts.push(body);
        output.open = countCharacters(body) >= chunkCharacters;
      }
    }
    return outputs.map(({ header, parts, open, lacking }) => {
      return { header, text: parts.join(''), complete: !open && !lacking };
    });
  }
}

/** Unicode characters, which are what Aqueducts counts. */
function countCharacters(text: string): number {
  if (text.length < chunkCharacters) return text.length;
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}
