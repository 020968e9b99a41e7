// The table of source types. A new one is a file beside this and a line here.
import { openDirectory } from './directory.ts';
import { openFile } from './file.ts';
import { openInline } from './inline.ts';
import { openMemory } from './memory.ts';

export const sources = { file: openFile, directory: openDirectory, inline: openInline, in_memory: openMemory };
