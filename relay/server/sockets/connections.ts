// The open sockets of a relay: how many there may be, whether they still live, and their end.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { closeCodes } from '../../../shared/protocol/relay/messages.ts';
import type { Session } from './session.ts';

export interface ConnectionLimits {
  readonly mostConnections: number;
  /** Milliseconds between pings; who has not answered by the next one is gone. */
  readonly pingInterval: number;
  /** Pings that may stay unanswered while something that was sent has not been read: they wait behind it. */
  readonly slowPings: number;
  /** Pings after which a connection that follows nothing and says nothing is closed. */
  readonly idlePings: number;
}

export const defaultLimits: ConnectionLimits = {
  ...{ mostConnections: 4096, pingInterval: 7000 },
  ...{ slowPings: 8, idlePings: 514 },
};

interface Open {
  readonly session: Session;
  readonly isGood: () => boolean;
  readonly log: Logger;
  alive: boolean;
  unanswered: number;
  quietPings: number;
}

export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #open = new Map<WebSocket, Open>();
  readonly #timer: NodeJS.Timeout;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
    this.#timer = setInterval(() => this.check(), limits.pingInterval);
    this.#timer.unref();
  }

  get isFull(): boolean {
    return this.#open.size >= this.#limits.mostConnections;
  }

  get size(): number {
    return this.#open.size;
  }

  add(socket: WebSocket, session: Session, isGood: () => boolean, log: Logger): void {
    const open: Open = { session, isGood, log, alive: true, unanswered: 0, quietPings: 0 };
    this.#open.set(socket, open);
    socket.on('pong', () => {
      open.alive = true;
    });
    socket.on('message', () => {
      open.alive = true;
      open.quietPings = 0;
    });
    socket.once('close', () => this.#open.delete(socket));
  }

  /** One round of pings. */
  check(): void {
    for (const [socket, open] of this.#open) {
      open.unanswered = open.alive ? 0 : open.unanswered + 1;
      // what is not read here cannot bring an answer either
      const patience = socket.isPaused ? Infinity : socket.bufferedAmount > 0 ? this.#limits.slowPings : 0;
      if (open.unanswered > patience) {
        open.log.info('connection dropped, because it answers no ping');
        socket.terminate();
      } else if (!open.isGood()) {
        socket.close(closeCodes.policy, 'The key is no longer good.');
      } else if (open.session.following === 0 && ++open.quietPings > this.#limits.idlePings) {
        socket.close(closeCodes.goingAway, 'Nothing was asked for a long time.');
      } else {
        open.alive = false;
        if (socket.readyState === socket.OPEN) socket.ping();
      }
    }
  }

  /** When nothing more is to be told on any connection, at most so many milliseconds. */
  async settled(patience: number): Promise<void> {
    const impatience = AbortSignal.timeout(patience);
    while ([...this.#open.values()].some(({ session }) => session.following > 0) && !impatience.aborted) {
      await pause(10);
    }
  }

  /** Closes all; who does not answer within so many milliseconds is cut off. */
  async close(patience: number): Promise<void> {
    clearInterval(this.#timer);
    const sockets = [...this.#open.keys()];
    const gone = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of sockets) socket.close(closeCodes.goingAway, 'The relay stops.');
    const impatience = setTimeout(() => sockets.forEach((socket) => socket.terminate()), patience);
    await gone;
    clearTimeout(impatience);
  }
}
