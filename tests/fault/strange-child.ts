// Programs that stand in for the process of a run and say what no run says, as texts of CommonJS modules.

/** What each does when it is told to run; `send` speaks to the relay, `event` makes an event of a run. */
const behaviours = {
  'ends with a message of 3 MB': `event(0, { type: 'run_failed', durationMs: 0, issue: { code: 'sql.failed', severity: 'error', message: 'x'.repeat(3e6) } }, true);`,
  'ends with a message of 500 KB': `event(0, { type: 'run_failed', durationMs: 0, issue: { code: 'sql.failed', severity: 'error', message: 'x'.repeat(5e5) } }, true);`,
  'ends with a code that there is not': `event(0, { type: 'run_failed', durationMs: 0, issue: { code: 'nothing', severity: 'error', message: '' } }, true);`,
  'ends with what is no event': `send({ type: 'events', events: [{ entry: { sequence: 0, frame: '{', terminal: true }, ended: { state: 'succeeded' } }] });`,
  'says something else': `send({ type: 'event' });`,
  'says nothing that is an object': `send(null);`,
  'begins its events with the second': `event(1, { type: 'run_started' }, false);`,
  'gives parameters of 5 MB': `send({ type: 'parameters', parameters: Object.fromEntries(Array.from({ length: 5000 }, (_, n) => ['p' + n, 'x'.repeat(1000)])) });
    event(0, { type: 'run_completed', durationMs: 0 }, true);`,
  'leaves 20,000 folders and hangs': `const own = fs.mkdtempSync(path.join(options.temporary, prefix));
    for (let n = 0; n < 20000; n++) fs.mkdirSync(path.join(own, 'spill', String(n)), { recursive: true });
    event(0, { type: 'run_started' }, false);
    setInterval(() => send({ type: 'alive' }), 100);`,
} as const;

export type Behaviour = keyof typeof behaviours;

export function strangeChild(behaviour: Behaviour): string {
  return `const fs = require('node:fs');
const path = require('node:path');
const prefix = 'strange-';
let options;
const send = (message) => process.send(message);
const event = (sequence, body, terminal) => send({ type: 'events', events: [{ entry: {
  sequence, terminal, frame: JSON.stringify({ type: 'event', run: '', event: { ...body, sequence } }) } }] });
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message) => {
  if (message.type === 'prepare') options = message.options;
  if (message.type === 'run') { ${behaviours[behaviour]} }
});
`;
}
