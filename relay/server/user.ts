// The user of --run-as, by number or by name in /etc/passwd (passwd(5)).
import { readFileSync } from 'node:fs';
import { wrong } from './amounts.ts';
import { failure } from '../../shared/errors.ts';
import type { RunAs } from '../queue/process/privileges.ts';

/** Fails with command.usage. `read` gives the text of /etc/passwd. */
export function userOf(text: string, read = (): string => readFileSync('/etc/passwd', 'utf8')): RunAs {
  const [, uid, gid] = /^(\d{1,9}):(\d{1,9})$/.exec(text) ?? [];
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  if (!/^[a-z_][\w-]*$/i.test(text)) throw wrong('--run-as', text, 'the name of a user, or UID:GID');
  const lines = read()
    .split('\n')
    .map((line) => line.split(':'));
  const [, , ownUid = '', ownGid = ''] = lines.find(([name]) => name === text) ?? [];
  if (/^\d+$/.test(ownUid) && /^\d+$/.test(ownGid)) return { uid: Number(ownUid), gid: Number(ownGid) };
  throw failure('command.usage', `There is no user ${text} in /etc/passwd.`, { hint: 'Give --run-as UID:GID.' });
}
