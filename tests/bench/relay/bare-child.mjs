// What a careful person would write by hand for one run in a process of its own: the database is opened ahead, as the
// relay's processes are, and the statements are run when they come.
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';

/** @type {Record<string, string>} */
const settings = {};
for (const word of process.argv.slice(2)) {
  const [name = '', value = ''] = word.split('=');
  settings[name] = value;
}
const instance = await DuckDBInstance.create(':memory:', settings);
const connection = await instance.connect();
process.on('message', (statements) => {
  void run(/** @type {string[]} */ (statements));
});
process.send?.('ready');

/** @param {readonly string[]} statements */
async function run(statements) {
  for (const statement of statements) await connection.run(statement);
  process.send?.('done');
  connection.closeSync();
  instance.closeSync();
  process.disconnect();
}
