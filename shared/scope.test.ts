import { describe, expect, test } from 'vitest';
import { Scope, scoped } from './scope.ts';

describe('a scope', () => {
  test('gives everything back in reverse order, also after a failure, and throws the first one', async () => {
    const scope = new Scope();
    const order: number[] = [];
    scope.defer(() => order.push(1));
    scope.defer(() => {
      throw new Error('the second');
    });
    scope.defer(() => Promise.reject(new Error('the third')));
    scope.defer(() => order.push(4));
    await expect(scope.close()).rejects.toThrow('the third');
    expect(order).toEqual([4, 1]);
    await scope.close();
    expect(order).toEqual([4, 1]);
  });

  test('takes nothing after its end', async () => {
    const scope = new Scope();
    await scope.close();
    expect(() => scope.defer(() => undefined)).toThrow(ReferenceError);
  });

  test('that was moved gives nothing back itself', async () => {
    const scope = new Scope();
    let freed = 0;
    scope.defer(() => freed++);
    const moved = scope.move();
    await scope.close();
    expect(freed).toBe(0);
    await moved.close();
    expect(freed).toBe(1);
  });

  test('an error of the work comes before one of its cleanups', async () => {
    const work = scoped((scope) => {
      scope.defer(() => Promise.reject(new Error('cleanup')));
      return Promise.reject(new Error('work'));
    });
    await expect(work).rejects.toThrow('work');
  });
});
