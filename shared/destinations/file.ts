// Destination `file`: one CSV, JSON or Parquet file that appears whole or not at all.
import { writers } from '../formats/index.ts';
import type { NewFile } from '../platform.ts';
import type { FormatContext } from '../formats/format.ts';
import type { WriteDestination } from './destination.ts';
import type { FileDestination } from './file.schema.ts';

export const writeFile: WriteDestination<FileDestination> = async (query, destination, context) => {
  const file = await context.platform.files.create(destination.location);
  try {
    const rows = await writeFormat(query, destination, file, context);
    return { rows, bytes: await file.commit() };
  } finally {
    await file.abort(); // frees what a failure left; nothing to do after a commit
  }
};

function writeFormat(query: string, { format }: FileDestination, file: NewFile, context: FormatContext) {
  switch (format.type) {
    case 'csv':
      return writers.csv(query, file, format.options, context);
    case 'json':
      return writers.json(query, file, format.options, context);
    case 'parquet':
      return writers.parquet(query, file, format.options, context);
  }
}
