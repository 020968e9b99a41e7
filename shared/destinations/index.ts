// The table of destination types. A new one is a file beside this and a line here.
import { writeFile } from './file.ts';
import { writeMemory } from './memory.ts';

export const destinations = { file: writeFile, in_memory: writeMemory };
