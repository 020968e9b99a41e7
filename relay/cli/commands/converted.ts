// The data of a document as text of another syntax, its keys in order and its numbers as they were typed.
import { stringify as stringifyToml } from 'smol-toml';
import { stringify as stringifyYaml, type ScalarTag } from 'yaml';
import { failure } from '../../../shared/errors.ts';
import { compactText, JsonNumber, type Json } from '../../../shared/formats/json/value.ts';

/** Fails with document.unsupported for what the syntax cannot say. */
export function convertedText(value: Json, to: 'yaml' | 'json' | 'toml'): string {
  switch (to) {
    case 'json':
      requireJson(value);
      return `${jsonText(value, '')}\n`;
    case 'yaml':
      return stringifyYaml(value, {
        ...{ lineWidth: 0, aliasDuplicateObjects: false },
        customTags: (tags) => [numberTag, ...tags],
      });
    case 'toml':
      return `${tomlText(value).trimEnd()}\n`;
  }
}

function jsonText(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    return `[\n${value.map((item) => inner + jsonText(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (value instanceof Map && value.size > 0) {
    const fields = [...value].map(([key, part]) => `${inner}${JSON.stringify(key)}: ${jsonText(part, inner)}`);
    return `{\n${fields.join(',\n')}\n${indent}}`;
  }
  return compactText(value);
}

function requireJson(value: Json): void {
  if (value instanceof JsonNumber && !/\d/.test(value.text)) {
    throw failure('document.unsupported', `The document cannot be written as JSON, which has no ${value.text}.`);
  }
  if (value instanceof Map) for (const part of value.values()) requireJson(part);
  if (Array.isArray(value)) value.forEach(requireJson);
}

/** A number as it was typed; infinity and what is no number have words of their own. */
const numberTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => value instanceof JsonNumber,
  resolve: (text) => text,
  test: /^(?!)/,
  stringify: ({ value }) => {
    const { text } = value as JsonNumber;
    return /\d/.test(text) ? text : text.replace('Infinity', '.inf').replace('NaN', '.nan');
  },
};

/** What stands for a number until the text is made: the library would write it anew. */
const mark = '\u{f0000}number:';

function tomlText(value: Json): string {
  try {
    const text = stringifyToml(tomlData(value));
    return text.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'gu'), '$1');
  } catch (thrown) {
    throw failure('document.unsupported', 'The document cannot be written as TOML.', { cause: thrown });
  }
}

/** TOML has no null: a field that is null says the same when it is not there. */
function tomlData(value: Json): unknown {
  if (value instanceof JsonNumber) {
    return mark + value.text.replace('Infinity', 'inf').replace('NaN', 'nan');
  }
  if (Array.isArray(value)) return value.map(tomlData);
  if (!(value instanceof Map)) return value;
  const fields = [...value].filter(([, part]) => part !== null);
  return Object.fromEntries(fields.map(([key, part]) => [key, tomlData(part)]));
}
