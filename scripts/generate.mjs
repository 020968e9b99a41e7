// `npm run generate`: writes every file that is made from others and kept in Git.
import process from 'node:process';
import { generated } from './generate/list.mjs';
import { run } from './process.mjs';

for (const { script, writes } of generated) {
  const { code } = await run(process.execPath, [script]);
  console.log(`${code === 0 ? 'Written' : 'FAILED'}: ${writes.join(', ')}`);
  process.exitCode ||= code;
}
