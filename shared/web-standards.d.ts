// The globals that browsers, Workers and Node have in common and that shared/ uses: nothing else is visible there.
// Only shared/tsconfig.json reads this file; everywhere else the platform's own types are in force.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare const AbortSignal: {
  abort(reason?: unknown): AbortSignal;
  any(signals: readonly AbortSignal[]): AbortSignal;
};

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { readonly stream?: boolean }): string;
}

declare class URL {
  static canParse(url: string): boolean;
  constructor(url: string);
  readonly href: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

interface Blob {
  readonly size: number;
  readonly type: string;
}

interface BytesThrough {
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: false; readonly value: Uint8Array } | { readonly done: true }>;
      cancel(reason?: unknown): Promise<void>;
      releaseLock(): void;
    };
  };
  readonly writable: {
    getWriter(): {
      write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
      close(): Promise<void>;
      abort(reason?: unknown): Promise<void>;
    };
  };
}

declare const CompressionStream: new (format: 'gzip') => BytesThrough;
declare const DecompressionStream: new (format: 'gzip') => BytesThrough;

declare function setTimeout(task: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

declare const performance: { now(): number };

declare namespace WebAssembly {
  class RuntimeError extends Error {}
}
