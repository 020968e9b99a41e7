// ESLint rule `house/imports`: who may import whom. web → shared ← relay, and inside shared no import climbs a floor.
// Imports here are relative and name their file, so the path alone tells what is meant and nothing is resolved.
import { isBuiltin } from 'node:module';
import path from 'node:path';

/** The floors of shared/, lowest first. Rooms of one floor may import each other. */
export const floors = [
  ['errors', 'scope', 'lifeline', 'zod', 'sql', 'values', 'protocol', 'locations', 'platform', 'progress', 'engine'],
  ['formats', 'stores'],
  ['sources', 'destinations'],
  ['pipeline', 'plan'],
  ['run'],
];

/** The packages that shared/ may use: pure JavaScript that runs the same in a browser and in Node. */
export const sharedPackages = [
  'apache-arrow',
  'jsonc-parser',
  'lossless-json',
  'pako',
  'smol-toml',
  'toml-eslint-parser',
  'yaml',
  'zod',
];

const houses = ['shared', 'web', 'relay'];

/**
 * @typedef {{ house: string | undefined, room: string, test: boolean }} Address
 */

/**
 * Where a file stands, from its path below the repository: the house, and within shared/ the room.
 * @param {string} file
 * @returns {Address}
 */
function addressOf(file) {
  const [first = '', second = ''] = file.split('/');
  return {
    house: houses.includes(first) ? first : undefined,
    room: second.replace(/\.[a-z.]+$/, ''),
    test: /\.test\.[a-z]+$/.test(file),
  };
}

/** @param {string} room */
const floorOf = (room) => floors.findIndex((rooms) => rooms.includes(room));

/**
 * Why the import is not allowed, or undefined when it is.
 * @param {string} file the importing file, relative to the repository, with forward slashes
 * @param {string} specifier what stands between the quotes
 * @returns {string | undefined}
 */
export function objection(file, specifier) {
  const from = addressOf(file);
  if (!from.house) return undefined;
  if (!specifier.startsWith('.')) return packageObjection(from, specifier);

  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  const to = addressOf(target);
  if (to.test && !from.test) return 'A test file is imported by nobody.';
  if (to.house !== from.house && to.house !== 'shared') {
    // a test may reach for what tests/ and examples/ hold; the product may not, and no house reaches into another
    if (to.house === undefined && (from.test || target.startsWith('node_modules/'))) return undefined;
    return `${from.house}/ may not import ${target}: the rule is web → shared ← relay.`;
  }
  if (from.house !== 'shared' || from.test) return undefined;

  const [above, below] = [floorOf(from.room), floorOf(to.room)];
  if (above < 0) return `shared/${from.room} stands on no floor: give it one in scripts/lint/house.mjs.`;
  if (below < 0) return `shared/${to.room} stands on no floor: give it one in scripts/lint/house.mjs.`;
  if (below > above) return `shared/${from.room} may not import shared/${to.room}: an import never climbs a floor.`;
  return undefined;
}

/**
 * @param {Address} from
 * @param {string} specifier
 */
function packageObjection(from, specifier) {
  if (from.test) return undefined;
  if (from.house !== 'relay' && isBuiltin(specifier)) return `${from.house}/ may not import Node's ${specifier}.`;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (from.house !== 'shared' || sharedPackages.includes(name)) return undefined;
  return `shared/ may not import the package ${name}; those it may are listed in scripts/lint/house.mjs.`;
}

/** @type {import('eslint').Rule.RuleModule} */
const imports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'web → shared ← relay, and inside shared no import climbs a floor' },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');

    /** @param {import('estree').Node | null | undefined} source */
    function check(source) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = objection(file, source.value);
      if (message) context.report({ node: source, message });
    }

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      // `import('./x.ts').Name` in a type
      /** @param {{ source?: import('estree').Node }} node */
      TSImportType: (node) => check(node.source),
      // `new URL('./worker.ts', import.meta.url)`, how a Worker or an asset is named
      NewExpression: (node) => {
        const [first, second] = node.arguments;
        const relative = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty';
        if (relative && first?.type === 'Literal') check(first);
      },
    };
  },
};

export default { meta: { name: 'house' }, rules: { imports } };
