// Waits between attempts to connect again, which the user can cut short.

export class Retry {
  #settle: () => void = () => undefined;

  /** Resolves after so many milliseconds, when the signal is aborted, or with `now`. One wait at a time. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const timer = setTimeout(settle, milliseconds);
      this.#settle = settle;
      if (signal.aborted) settle();
      else signal.addEventListener('abort', settle, { once: true });
    });
  }

  /** Ends the wait. */
  now(): void {
    this.#settle();
  }
}
