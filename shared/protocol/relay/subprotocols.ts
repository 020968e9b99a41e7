// What a client offers when it opens a socket (RFC 6455, section 1.9).

/** Sluice's own protocol; its number is the version. */
export const subprotocol = 'sluice.v1';

/** Before a key that a browser sends as a subprotocol, as base64url of its UTF-8 text without padding. */
export const keySubprotocol = 'sluice.key.';
