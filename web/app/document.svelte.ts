// The pipeline as it stands in the editor: its text, its parameters, and what is wrong with them.
import type { Issue } from '../../shared/errors.ts';
import { load } from '../../shared/pipeline/load.ts';
import type { RunRequest } from '../../shared/protocol/worker.ts';
import type { Example, OpenedExample } from './examples.ts';

/** How long the text must rest before it is checked, in milliseconds. */
const rest = 150;

export class PipelineDocument {
  text = $state('');
  parameters: Readonly<Record<string, string>> = $state.raw({});
  #loaded = $state.raw(load('', {}));
  #runIssues: readonly Issue[] = $state.raw([]);
  /** The address that relative locations fall back to, when the text came from an example. */
  #base: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly syntax = $derived(this.#loaded.syntax);
  /** The parameters in use, kept while the text is half-typed and cannot be read. */
  parameterNames: readonly string[] = $state.raw([]);
  /** What is wrong, with places in the text as it was when it was last checked. */
  readonly issues = $derived(this.text.trim() === '' ? [] : [...this.#loaded.issues, ...this.#runIssues]);

  /** Takes in what was typed. A text that replaces all of an example no longer reads the example's files. */
  edit(text: string, replaced: boolean): void {
    this.text = text;
    if (replaced) this.#base = undefined;
    this.#checkSoon();
  }

  setParameter(name: string, value: string): void {
    this.parameters = { ...this.parameters, [name]: value };
    this.#checkSoon();
  }

  open(example: Example, { text, base }: OpenedExample): void {
    this.text = text;
    this.parameters = example.parameters;
    this.#base = base;
    this.check();
  }

  /** Checks now. Issues of an earlier run are forgotten, because the text may have moved. */
  check(): void {
    clearTimeout(this.#timer);
    this.#runIssues = [];
    this.#loaded = load(this.text, this.#given());
    if (!this.#loaded.issues.some(({ code }) => code === 'document.syntax' || code === 'document.limit')) {
      this.parameterNames = this.#loaded.parameters.map(({ name }) => name);
    }
  }

  /** Shows what a run found in the text, beside what is known already. */
  addRunIssues(issues: readonly Issue[]): void {
    const known = this.#loaded.issues;
    this.#runIssues = issues.filter(
      ({ place, message }) =>
        place && !known.some((each) => each.message === message && each.place?.offset === place.offset),
    );
  }

  request(): RunRequest {
    const request = { text: this.text, parameters: this.#given() };
    return this.#base === undefined ? request : { ...request, base: this.#base };
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check(), rest);
  }

  /** The parameters that have a value: an input left empty gives none. */
  #given(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.parameters).filter(([, value]) => value !== ''));
  }
}
