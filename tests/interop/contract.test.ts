// Every contract case whose document runs through the command, and on a relay. What is expected is what the browser gives.
import { afterAll, describe, expect, it } from 'vitest';
import { contractCases } from '../contract/cases/index.ts';
import { withRelayContext, type Elsewhere } from '../contract/relay.ts';
import { cannot } from './cannot.ts';
import { throughCommand } from './through-command.ts';
import { throughRelay } from './through-relay.ts';

describe.each([
  ['the command', throughCommand],
  ['a relay', throughRelay],
] as const)('through %s', (way, elsewhere) => {
  const excused = cannot.filter(({ ways }) => ways.includes(way));
  const reasons = new Map(excused.flatMap(({ cases, reason }) => cases.map((name) => [name, reason])));
  const cases = contractCases.filter(({ name }) => !reasons.has(name));
  let through = 0;
  let documents = 0;

  it.concurrent.each(cases)('$name', async ({ run, expected }) => {
    let went = 0;
    const counted: Elsewhere = (folder, options) => {
      const there = elsewhere(folder, options);
      return (text, more) => {
        went++;
        return there(text, more);
      };
    };
    expect(await withRelayContext(run, counted)).toEqual(expected);
    through += Math.min(went, 1);
    documents += went;
  });

  it('excuses only cases that there are', () => {
    const names = contractCases.map(({ name }) => name);
    expect([...reasons.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  afterAll(() => {
    const rest = cases.length - through;
    console.log(
      `Through ${way}: ${through} cases with ${documents} documents; ${rest} ask parts of a platform themselves.`,
    );
    for (const { cases: names, reason } of excused) console.log(`Excused (${names.length}): ${reason}`);
  });
});
