// Parquet by native DuckDB's own reader: one call for all files whose columns are alike.
import { failure } from '../../errors.ts';
import type { Column, Engine, OpenFile, Work } from '../../platform.ts';
import { longestText, type Misfit } from '../../sql/misfit.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { parseType } from '../../sql/types.ts';
import { rowsOf } from '../../values/codec.ts';
import { readRows } from '../../values/read.ts';
import type { FileInput, FormatContext, ReadContext } from '../format.ts';
import { enginePartitions, partitionItems } from '../partitions.ts';
import { readerCall } from '../view.ts';
import { boundedColumns } from './bounded.ts';
import { coarser, tellCoarser } from './coarser.ts';
import { damageOf, explainParquet } from './native-damage.ts';
import { beyondRange } from './range.ts';
import type { OpenedFiles } from './read.ts';
import { alike, boundedEverywhere, columnOf, unionPart, type FileColumns } from './union.ts';

/** Fails with file.corrupt, with document.unsupported for encrypted files, and with type.unsupported. */
export async function openNatively(input: FileInput, context: ReadContext): Promise<OpenedFiles> {
  try {
    return await openAll(input, context);
  } catch (thrown) {
    throw await explainParquet(thrown, input.files, context);
  }
}

type NativeFile = OpenedFiles['files'][number] & { readonly engineName: string };

/** The browser's DuckDB has no type JSON, so that JSON is text on both sides. */
function withoutJson(type: string): string {
  return type.replace(/(?<![\w"'])JSON(?![\w"'])/g, 'VARCHAR');
}

async function openAll(input: FileInput, context: ReadContext): Promise<OpenedFiles> {
  const { engine } = context.platform;
  const schemas = await schemasOf(engine, input.files, context.work);
  const described = new Map<string, Pick<FileColumns, 'columns' | 'stored'>>();
  const opened: (Omit<NativeFile, 'bounded'> & { readonly stored: readonly Column[] })[] = [];
  for (const [index, { location, engineName }] of input.files.entries()) {
    const schema = schemas[index] ?? [];
    const signature = JSON.stringify(schema);
    let types = described.get(signature);
    if (!types) {
      requireExact(schema, location, context);
      const call = callFor([engineName], { hive_partitioning: 'false' });
      const stored = await engine.describe(`FROM ${call}`, context.work);
      types = { stored, columns: stored.map(({ name, type }) => ({ name, type: withoutJson(type) })) };
      described.set(signature, types);
    }
    const names = schema.filter(({ depth }) => depth === 1).map(({ name }) => name);
    opened.push({ location, engineName, ...types, names });
  }
  const lists = await boundedColumns(engine, opened, context.work);
  const bounded = boundedEverywhere(opened.map((file, index) => ({ ...file, bounded: lists[index] ?? new Set() })));
  const files = opened.map((file): NativeFile => ({ ...file, bounded }));
  return {
    files,
    placeOf: (misfit, now) => placeOfMisfit(misfit, files, now),
    damageOf: (told, now) => damageOf(told, files, now),
    relate: async (relation, wanted, now) => {
      const selects = alike(files).map((group) => {
        const names = group.map((file) => file.engineName);
        const call = callFor(names, enginePartitions(input));
        return unionPart(relation, wanted, group[0] as NativeFile, call, partitionItems(input));
      });
      const statement = `CREATE VIEW ${quoteIdentifier(relation)} AS ${selects.join(' UNION ALL ')}`;
      await now.platform.engine.execute(statement, { signal: now.work.signal });
      return {};
    },
  };
}

function callFor(names: readonly string[], options: Readonly<Record<string, string>>): string {
  return readerCall('read_parquet', names, options);
}

/** The first row with the text of the value. */
async function placeOfMisfit(
  { column, text, beyond }: Misfit,
  files: readonly (FileColumns & { readonly engineName: string })[],
  { platform: { engine }, work }: FormatContext,
): Promise<string | undefined> {
  for (const { location, engineName, columns } of files) {
    const own = columnOf(columns, column);
    if (!own && (text !== undefined || beyond)) continue;
    const item = own ? `left(CAST(${quoteIdentifier(own.name)} AS VARCHAR), ${longestText})` : 'NULL';
    const condition =
      beyond && own
        ? (beyondRange(quoteIdentifier(own.name), parseType(own.type)) ?? 'false')
        : `${item} IS NOT DISTINCT FROM ${text === undefined ? 'NULL' : quoteLiteral(text)}`;
    const call = callFor([engineName], { hive_partitioning: 'false', file_row_number: 'true' });
    const rows = await readRows(engine, `SELECT file_row_number + 1 FROM ${call} WHERE ${condition} LIMIT 1`, work);
    if (rows[0]) return `Row ${Number(rows[0][0])} of ${location}`;
  }
  return undefined;
}

/** An element of a file's schema, below the root, in depth-first order. */
interface SchemaElement {
  readonly name: string;
  /** 1 for columns. */
  readonly depth: number;
  /** The column that it is a part of. */
  readonly column: string;
  readonly types: readonly (string | null)[];
  readonly precision: number;
  readonly logical: string;
}

/** The schemas of the files, all read at once. */
async function schemasOf(engine: Engine, files: readonly OpenFile[], work: Work): Promise<SchemaElement[][]> {
  const list = files.map(({ engineName }) => quoteLiteral(engineName)).join(', ');
  const query = `SELECT file_name, name, coalesce(num_children, 0), precision, logical_type,
    type, type_length, repetition_type, converted_type, scale FROM parquet_schema([${list}])`;
  const { columns, batches } = await engine.query(query, work);
  const schemas = new Map<string, { readonly elements: SchemaElement[]; readonly open: number[] }>();
  for await (const batch of batches) {
    for (const [file = '', name, count, precision, logical, ...types] of rowsOf(batch, columns) as string[][]) {
      const schema = schemas.get(file);
      if (!schema) {
        schemas.set(file, { elements: [], open: [Number(count)] });
        continue;
      }
      const { elements, open } = schema;
      // Elements come in depth-first order: `open` counts, level by level, those that are still to come.
      while (open.at(-1) === 0) open.pop();
      const depth = open.length;
      open[depth - 1] = (open[depth - 1] ?? 0) - 1;
      open.push(Number(count));
      const column = depth === 1 ? name : elements.findLast((element) => element.depth === 1)?.name;
      const texts = { name: name ?? '', column: column ?? '', logical: logical ?? '' };
      elements.push({ ...texts, depth, types, precision: Number(precision ?? 0) });
    }
  }
  return files.map(({ engineName }) => schemas.get(engineName)?.elements ?? []);
}

/** Refuses types whose values DuckDB's reader changes without a word: it reads long decimals as doubles that are wrong. */
function requireExact(schema: readonly SchemaElement[], location: string, context: ReadContext): void {
  const what = new Map<string, string>();
  for (const { column, precision, logical, types } of schema) {
    if (precision > 38) {
      const message = `Column ${column} of ${location} holds decimals of ${precision} digits, and DuckDB holds no more than 38.`;
      throw failure('type.unsupported', message, { hint: 'Write the column as text, or with fewer digits.' });
    }
    if (/TimestampType\(isAdjustedToUTC=1.*NANOS=Nano/.test(logical)) what.set(column, coarser.instant);
    if (/TimeType\(isAdjustedToUTC=1.*NANOS=Nano/.test(logical)) what.set(column, coarser.time);
    if (types[0] === 'INT96') what.set(column, coarser.int96);
  }
  for (const [column, held] of what) tellCoarser(column, held, location, context);
}
