// The table of formats. A new one is a file (or folder) beside this and a line here.
import { readCsv } from './csv/read.ts';
import { writeCsv } from './csv/write.ts';
import { readJson } from './json/read.ts';
import { writeJson } from './json/write.ts';
import { readParquet } from './parquet/read.ts';
import { writeParquet } from './parquet/write.ts';

export const readers = { csv: readCsv, json: readJson, parquet: readParquet };
export const writers = { csv: writeCsv, json: writeJson, parquet: writeParquet };
