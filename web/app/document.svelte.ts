// The pipeline as it stands in the editor: its text, its parameters, and what is wrong with them.
import type { Issue } from '../../shared/errors.ts';
import type { Parameter } from '../../shared/pipeline/load.ts';
import { detectSyntax, type Syntax } from '../../shared/pipeline/syntax/detect.ts';
import type { RunRequest } from '../../shared/protocol/worker.ts';
import type { Checker } from './check/checker.ts';
import type { Checked } from './check/messages.ts';
import type { Example, OpenedExample } from './examples.ts';

/** How long the text must rest before the inputs follow it, in milliseconds: a half-typed name asks for nothing. */
const rest = 300;

export class PipelineDocument {
  text = $state('');
  syntax: Syntax = $state.raw('yaml');
  parameters: Readonly<Record<string, string>> = $state.raw({});
  /** The parameters in use, kept while the text is half-typed and cannot be read. */
  asked: readonly Parameter[] = $state.raw([]);
  #found: readonly Issue[] = $state.raw([]);
  #runIssues: readonly Issue[] = $state.raw([]);
  readonly #checker: Pick<Checker, 'check'>;
  readonly #onFailure: (thrown: unknown) => void;
  /** The address that relative locations fall back to, when the text came from an example. */
  #base: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checked: (Checked & { readonly text: string }) | undefined;

  readonly #blank = $derived(this.text.trim() === '');
  /** What is wrong, with places in the text as it was when it was last checked. */
  readonly issues = $derived.by((): readonly Issue[] => {
    if (this.#blank) return [];
    const found = this.#found;
    const isKnown = ({ message, place }: Issue): boolean =>
      found.some((each) => each.message === message && each.place?.offset === place?.offset);
    return [...found, ...this.#runIssues.filter((issue) => !isKnown(issue))];
  });

  /** `onFailure` is told when the text could not be checked. */
  constructor(checker: Pick<Checker, 'check'>, onFailure: (thrown: unknown) => void) {
    this.#checker = checker;
    this.#onFailure = onFailure;
  }

  get parameterNames(): readonly string[] {
    return this.asked.map(({ name }) => name);
  }

  /** Takes in what was typed. A text that replaces all of an example no longer reads the example's files. */
  edit(text: string, replaced: boolean): void {
    this.text = text;
    if (replaced) {
      this.#base = undefined;
      this.syntax = detectSyntax(text);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#follow(), rest);
    void this.#ask();
  }

  setParameter(name: string, value: string): void {
    this.parameters = { ...this.parameters, [name]: value };
    void this.#ask();
  }

  open(example: Example, { text, base }: OpenedExample): Promise<void> {
    this.text = text;
    this.syntax = detectSyntax(text);
    this.parameters = example.parameters;
    this.#base = base;
    return this.check();
  }

  /** Checks now. Issues of an earlier run are forgotten, because the text may have moved. */
  async check(): Promise<void> {
    this.#rested();
    await this.#ask();
  }

  /** Shows what a run found in the text, beside what is known already. */
  addRunIssues(issues: readonly Issue[]): void {
    this.#runIssues = issues.filter(({ place }) => place);
  }

  request(): RunRequest {
    const used = this.#checked?.text === this.text ? this.#checked.parameters : undefined;
    const given = Object.entries(this.#given()).filter(([name]) => used?.some((one) => one.name === name) ?? true);
    const request = { text: this.text, parameters: Object.fromEntries(given) };
    return this.#base === undefined ? request : { ...request, base: this.#base };
  }

  async #ask(): Promise<void> {
    this.#runIssues = [];
    const text = this.text;
    try {
      const checked = await this.#checker.check({ text, parameters: this.#given() });
      if (!checked) return; // a newer text is under way
      this.#checked = { ...checked, text };
      // Values of parameters that an earlier text used are kept for when they are used again, and are not sent.
      this.#found = checked.issues.filter(({ code }) => code !== 'parameter.unknown');
      this.syntax = checked.syntax;
      if (this.#timer === undefined) this.#follow();
    } catch (thrown) {
      this.#onFailure(thrown);
    }
  }

  /** Asks for what the text as last checked asks for. */
  #follow(): void {
    this.#rested();
    this.asked = this.#checked?.parameters ?? this.asked;
  }

  #rested(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The parameters that have a value: an input left empty gives none. */
  #given(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.parameters).filter(([, value]) => value !== ''));
  }
}
