// Makes a key: shown once, and kept by nobody but as its digest.
import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import { digestOf, type Right } from './key.ts';

export interface NewKey {
  /** 256 random bits, after letters by which scanners for leaked secrets can know it. */
  readonly key: string;
  /** Its entry for the keys file, in YAML. */
  readonly entry: string;
}

/** As `makeKey` and `openssl rand -base64 32` write 256 random bits. */
const random = /^(sluice_[\w-]{43}|[A-Za-z0-9+/]{43}=)$/;

/** Whether a key has the form of 256 random bits: to try such keys is hopeless, so that it need not be slowed down. */
export function isRandom(key: Uint8Array): boolean {
  return key.byteLength <= 64 && random.test(Buffer.from(key).toString('latin1'));
}

export function makeKey(name: string, allowed: readonly Right[], expires: string | undefined): NewKey {
  const key = `sluice_${randomBytes(32).toString('base64url')}`;
  const sha256 = Buffer.from(digestOf(key)).toString('hex');
  const entry = { name, sha256, rights: [...allowed], ...(expires === undefined ? {} : { expires }) };
  return { key, entry: stringify({ keys: [entry] }) };
}
