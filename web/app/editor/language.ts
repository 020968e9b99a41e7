// Which language colours the text. Each is fetched when a text of its syntax is first shown.
import type { Extension } from '@codemirror/state';
import type { Syntax } from '../../../shared/pipeline/syntax/detect.ts';

const languages: Readonly<Record<Syntax, () => Promise<{ readonly language: Extension }>>> = {
  yaml: () => import('./languages/yaml.ts'),
  json: () => import('./languages/json.ts'),
  toml: () => import('./languages/toml.ts'),
};

/** Rejects when the language cannot be fetched. */
export async function languageFor(syntax: Syntax): Promise<Extension> {
  const { language } = await languages[syntax]();
  return language;
}
