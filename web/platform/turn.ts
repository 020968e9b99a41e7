// Turns of the Worker's event loop: long work gives way every few milliseconds, so that messages are heard, cancels
// take effect and other connections go on. A MessageChannel is used because timers are slowed down to 4 ms and more.

/** Milliseconds of uninterrupted work. */
const turnLength = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
let turnStart = performance.now();

channel.port1.onmessage = () => {
  turnStart = performance.now();
  waiting.shift()?.();
};

/** Whether the current turn has lasted long enough. */
export function turnIsOver(): boolean {
  return performance.now() - turnStart > turnLength;
}

/** Resolves in the next turn, after the messages that have already arrived. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
