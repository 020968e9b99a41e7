// The table of source types. A new one is a file beside this and a line here.
import { relateFile } from './file.ts';

export const sources = { file: relateFile };
