import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { openLog } from './log.ts';
import { watchUncaught } from './uncaught.ts';

it.each(['uncaughtException', 'unhandledRejection'] as const)(
  'an error that nobody caught (%s) is logged and stops the relay in order, once, instead of ending it',
  (event) => {
    const process = new EventEmitter();
    let [logged, stopped] = ['', 0];
    const log = openLog('info', 'test', (text) => text, { write: (line) => void (logged += line) });
    const end = watchUncaught(log, () => stopped++, process);
    process.emit(event, Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }));
    process.emit(event, 'again');
    expect(stopped).toBe(1);
    expect(logged).toContain('EMFILE: too many open files');
    expect(logged.split('\n').filter((line) => line.includes('"fatal"'))).toHaveLength(2);
    for (let count = 0; count < 1000; count++) process.emit(event, 'more');
    expect(logged.split('\n').length).toBeLessThan(110);
    end();
    expect(process.listenerCount(event)).toBe(0);
  },
);
