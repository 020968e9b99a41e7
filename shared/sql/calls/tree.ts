// Looks through what `json_serialize_sql` gives: DuckDB's own parse of a query, before anything is bound. A part of a kind
// that is not listed here cannot be judged, and is refused. Kinds and types are DuckDB v1.5.6's (ExpressionClass,
// TableReferenceType, QueryNodeType, LogicalTypeId), those left out that no text can make.
import { unclear } from './named.ts';

/** What a query calls and how. */
export interface Calls {
  /** Names of functions, as DuckDB decoded them. */
  readonly names: ReadonlySet<string>;
  /** The constant texts that `query` is given. */
  readonly queries: readonly string[];
  /** Why the query cannot be judged, and the name of the function that is the reason, if it is one. */
  readonly unclear?: { readonly message: string; readonly name?: string };
}

const known: ReadonlySet<string> = new Set([
  // expressions
  ...['BETWEEN', 'CASE', 'CAST', 'COLLATE', 'COLUMN_REF', 'COMPARISON', 'CONJUNCTION', 'CONSTANT', 'DEFAULT'],
  ...['FUNCTION', 'LAMBDA', 'LAMBDA_REF', 'OPERATOR', 'PARAMETER', 'POSITIONAL_REFERENCE', 'STAR', 'SUBQUERY'],
  ...['TYPE', 'WINDOW'],
]);

const types: ReadonlySet<string> = new Set([
  ...['NULL', 'SQLNULL', 'UNKNOWN', 'ANY', 'UNBOUND', 'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'],
  ...['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE', 'DECIMAL', 'BIGNUM', 'VARCHAR'],
  ...['CHAR', 'BLOB', 'BIT', 'UUID', 'DATE', 'TIME', 'TIME_NS', 'TIME WITH TIME ZONE', 'TIMESTAMP', 'TIMESTAMP_S'],
  ...[
    'TIMESTAMP_MS',
    'TIMESTAMP_NS',
    'TIMESTAMP WITH TIME ZONE',
    'INTERVAL',
    'STRUCT',
    'LIST',
    'MAP',
    'ARRAY',
    'UNION',
  ],
  ...['ENUM', 'STRING_LITERAL', 'INTEGER_LITERAL', 'VARIANT', 'GEOMETRY', 'TYPE'],
]);

/** What stands in FROM; there `type` is the kind, and there is no class. */
const tableKinds: ReadonlySet<string> = new Set([
  ...['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'CTE', 'EMPTY', 'PIVOT', 'SHOW_REF'],
]);

type Node = Readonly<Record<string, unknown>>;

/** The calls in a parse. Goes through it without recursion: a query can be very deep. */
export function callsOf(statements: unknown): Calls {
  const names = new Set<string>();
  const queries: string[] = [];
  const waiting: unknown[] = [statements];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) waiting.push(item);
      continue;
    }
    const node = value as Node;
    const message = oddity(node);
    if (message !== undefined) return { names, queries, unclear: { message: `${message} cannot be used here.` } };
    const name = node['function_name'];
    if (typeof name === 'string') {
      names.add(name);
      if (name.toLowerCase() === 'query') {
        const text = onlyText(node['children']);
        if (text === undefined) return { names, queries, unclear: { message: unclear.query, name } };
        queries.push(text);
      }
    }
    for (const key in node) waiting.push(node[key]);
  }
  return { names, queries };
}

/** Why a part cannot be judged. */
function oddity(node: Node): string | undefined {
  const { class: kind, type, id } = node;
  if (typeof kind === 'string' && !known.has(kind)) return `An expression of the kind ${kind}`;
  if ('alias' in node && 'sample' in node && typeof type === 'string' && !tableKinds.has(type))
    return `A source of the kind ${type}`;
  if ('type_info' in node && typeof id === 'string' && !types.has(id)) return `The type ${id}`;
  if (node['export_state'] === true) return 'EXPORT_STATE';
  return undefined;
}

/** The text of a list of arguments that is one constant; a name in quotes counts as text there. */
function onlyText(children: unknown): string | undefined {
  if (!Array.isArray(children) || children.length !== 1) return undefined;
  const child = children[0] as Node;
  const names = child['column_names'];
  if (child['class'] === 'COLUMN_REF') {
    return Array.isArray(names) && names.length === 1 && typeof names[0] === 'string' ? names[0] : undefined;
  }
  const constant = child['class'] === 'CONSTANT' ? (child['value'] as Node | undefined) : undefined;
  const text = constant?.['value'];
  return typeof text === 'string' ? text : undefined;
}
