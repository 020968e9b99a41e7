// TOML, line by line: its mode knows no tree, so the queries in it stay strings.
import { StreamLanguage } from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';

export const language = StreamLanguage.define(toml);
