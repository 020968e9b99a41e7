// The files in which an operator writes down keys and secrets: YAML, and so JSON as well.
import { dirname } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { failure, messageOf, type SluiceError } from '../../../shared/errors.ts';
import { z } from '../../../shared/zod.ts';
import { rights, type KnownKey } from './key.ts';
import { readText, resolveSecrets, secretValues, type ReadText } from './secrets.ts';

const entry = z.strictObject({
  name: z.string().regex(/^[\w.@-]{1,64}$/, 'A name is 1 to 64 letters, digits and _ . @ -'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i, 'This is the SHA-256 of the key, 64 hexadecimal digits.'),
  rights: z.array(z.enum(rights)).default(['run']),
  expires: z.iso.datetime({ offset: true }).optional(),
  maxConcurrentRuns: z.int().min(1).optional(),
  maxQueuedRuns: z.int().min(0).optional(),
  secrets: secretValues.default({}),
});

const keysFile = z.strictObject({ keys: z.array(entry).min(1) });

const kinds = {
  keys: { name: 'keys', hint: 'It is a list `keys` of entries in YAML or JSON; `sluice key <name>` makes one.' },
  secrets: {
    name: 'secrets',
    hint: 'It is YAML or JSON that gives each name a text, { environment: NAME } or { file: PATH }.',
  },
} as const;

type Kind = (typeof kinds)[keyof typeof kinds];

type Environment = Readonly<Record<string, string | undefined>>;

/** The keys of a file. Fails with command.usage, which names the field and never a value. */
export function readKeysFile(path: string, environment: Environment, read: ReadText = readText): KnownKey[] {
  const { keys } = readAs(keysFile, path, kinds.keys, read);
  return keys.map(({ name, sha256, rights: allowed, expires, maxConcurrentRuns, maxQueuedRuns, secrets }) => ({
    digest: Buffer.from(sha256, 'hex'),
    rights: new Set(allowed),
    ...(expires === undefined ? {} : { expires: Date.parse(expires) }),
    submitter: {
      ...{ name, maxConcurrentRuns, maxQueuedRuns },
      secrets: resolveSecrets(secrets, dirname(path), environment, read),
    },
  }));
}

/** Secrets by name. Fails with command.usage. */
export function readSecretsFile(path: string, environment: Environment, read: ReadText = readText) {
  return resolveSecrets(readAs(secretValues, path, kinds.secrets, read), dirname(path), environment, read);
}

function readAs<Schema extends z.ZodType>(schema: Schema, path: string, { name, hint }: Kind, read: ReadText) {
  const refused = (message: string): SluiceError => failure('command.usage', message, { hint });
  let text: string;
  try {
    text = read(path);
  } catch (thrown) {
    throw failure('command.usage', `The ${name} file ${path} cannot be read.`, { cause: messageOf(thrown) });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  // what YAML says of it may have a part of the text, which is secret
  if (error)
    throw refused(`The ${name} file ${path} cannot be read as YAML at line ${lines.linePos(error.pos[0]).line}.`);
  let data: unknown;
  try {
    data = document.toJS();
  } catch {
    throw refused(
      `The ${name} file ${path} cannot be read as YAML: an alias in it stands for nothing, or for too much.`,
    );
  }
  const found = schema.safeParse(data);
  if (found.success) return found.data;
  const said = found.error.issues.map(({ path: at, message, code }) => {
    const isSecret = name === 'secrets' || at.includes('secrets');
    const told = isSecret && code === 'unrecognized_keys' ? 'This is something else than a secret may be.' : message;
    return `${at.map(String).join('.') || 'the file'}: ${told}`;
  });
  throw refused(`The ${name} file ${path} is not as it should be. ${said.join(' ')}`);
}
