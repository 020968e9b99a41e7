// A half-typed document as far as it can be made out: maps, lists and texts with their places. The editor's syntax trees
// do not do: a bracket that is not yet closed swallows the rest of YAML there, and TOML has no tree.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { sketchJson } from './flow.ts';
import { sketchToml } from './toml.ts';
import { sketchYaml } from './yaml.ts';
import type { Sketch } from './tree.ts';

/** Makes out what can be made out; never fails. Linear in the text. */
export function sketch(text: string, syntax: Syntax): Sketch {
  if (syntax === 'toml') return { text, ...sketchToml(text) };
  return { text, root: syntax === 'json' ? sketchJson(text) : sketchYaml(text), headers: [] };
}
