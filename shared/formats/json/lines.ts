// JSON lines: every line that is not blank is a JSON text.
import { corrupt, type JsonText } from './record.ts';

export class LineSplitter {
  line = 1;
  readonly #location: string;
  readonly #longest: number;
  #rest = '';

  /** Lines may have `longest` characters. */
  constructor(location: string, longest: number) {
    this.#location = location;
    this.#longest = longest;
  }

  take(text: string): JsonText[] {
    const pieces = (this.#rest + text).split('\n');
    this.#rest = pieces.pop() ?? '';
    const texts: JsonText[] = [];
    for (const piece of pieces) {
      if (piece.trim() !== '') texts.push({ text: piece, line: this.line });
      this.line++;
    }
    if (this.#rest.length > this.#longest) throw corrupt(this.#location, this.line, 'is longer than 16 MB');
    return texts;
  }

  end(): JsonText[] {
    return this.#rest.trim() === '' ? [] : [{ text: this.#rest, line: this.line }];
  }
}
