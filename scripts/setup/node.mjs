// The first question of every command: can this Node run Sluice? Written so that old versions can read it.

/** What the dev tools (Vite, ESLint) need too; package.json says the same under `engines`. */
export const neededNode = '20.19 or newer of Node 20, or 22.12 or newer';

/**
 * @param {string} version such as `20.19.0`
 * @returns {boolean}
 */
export function isNodeSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** Ends the program with a message when this Node is too old. */
export function requireNode() {
  if (isNodeSupported(process.versions.node)) return;
  console.error(`Sluice needs Node ${neededNode}; this is ${process.versions.node}.`);
  console.error('Install one from https://nodejs.org or with your version manager, then run the command again.');
  process.exit(1);
}
