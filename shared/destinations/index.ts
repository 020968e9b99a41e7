// The table of destination types. A new one is a file beside this and a line here.
import { writeFile } from './file.ts';

export const destinations = { file: writeFile };
