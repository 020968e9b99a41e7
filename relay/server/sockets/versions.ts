// Which protocol a socket speaks: without a subprotocol Aqueducts', with one the best of ours that both sides know.
import type { IncomingMessage } from 'node:http';
import { failure } from '../../../shared/errors.ts';
import { keySubprotocol, subprotocol } from '../../../shared/protocol/relay/messages.ts';

/** Fails with protocol.version when the client offers only what this relay does not speak. */
export function chosenProtocol({ headers }: Pick<IncomingMessage, 'headers'>): 'aqueducts' | 'sluice' {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (offered.length === 0) return 'aqueducts';
  if (offered.includes(subprotocol)) return 'sluice';
  const versions = offered.filter((text) => !text.startsWith(keySubprotocol) && /^[\w.]{1,32}$/.test(text));
  throw failure(
    'protocol.version',
    `This relay speaks ${subprotocol}, not ${versions.join(', ') || 'what was asked'}.`,
    {
      hint: 'Update the older of the two sides.',
    },
  );
}
