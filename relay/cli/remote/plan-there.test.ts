// `sluice plan --executor`, as a process, against a relay.
import { expect, it } from 'vitest';
import { inFolder, sluice } from '../../../tests/command/sluice.ts';
import { startTestRelay, testKey } from '../../../tests/relay/start-relay.ts';

const pipeline = `sources: [{ type: file, name: data, location: there.csv, format: { type: csv } }]
stages:
  - - { name: result, query: "SELECT a + \${more} AS b FROM data" }
`;

it('plans what the relay can reach, and says why it cannot', async () => {
  await using relay = await startTestRelay({ keys: [testKey('ada')], files: { 'there.csv': 'a\n1\n' } });
  await inFolder({ 'p.yml': pipeline }, async (cwd) => {
    const plan = (...more: string[]) =>
      sluice(['plan', '-f', 'p.yml', '--executor', relay.authority, ...more], {
        ...{ cwd, env: { SLUICE_API_KEY: 'ada-key' } },
      });
    const good = await plan('-p', 'more=1');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toContain('data  file there.csv (4 B)\n    a BIGINT\n');
    expect(good.stdout).toContain('result <- data  view\n    b BIGINT\n');
    const wrong = await plan('-p', 'more=missing');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('error[sql.binding]');
    expect(wrong.stderr).toContain('--> p.yml:3:42');
    const keyless = await plan('-p', 'more=1', '--api-key', 'eve-key', '--output', 'json');
    expect(keyless).toMatchObject({ code: 1, stdout: '' });
    expect(keyless.stderr).toContain('error[key.invalid]');
    const nobody = await plan('-p', 'more=1', '--executor', '127.0.0.1:1');
    expect(nobody.stderr).toContain('error[relay.unreachable]: The relay at 127.0.0.1:1 cannot be reached.');
  });
});
