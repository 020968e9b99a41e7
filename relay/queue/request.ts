// What a run needs that waits: its document, the values, the secrets of its key. It lies in a file that only the relay
// may read, until the run has ended.
import { open, readFile, rm } from 'node:fs/promises';
import { runSubmission } from '../../shared/protocol/relay/runs.ts';
import { z } from '../../shared/zod.ts';
import { syncFolder, type StateDirectory } from './state-directory.ts';

const requestSchema = z.object({
  submission: runSubmission,
  submitter: z.object({
    name: z.string(),
    maxConcurrentRuns: z.number().exactOptional(),
    secrets: z.record(z.string(), z.string()),
  }),
});

export type RunRequest = z.infer<typeof requestSchema>;

/** Durable when it resolves. */
export async function writeRequest(id: string, request: RunRequest, directory: StateDirectory): Promise<void> {
  const file = await open(directory.request(id), 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(request));
    await file.datasync();
  } finally {
    await file.close();
  }
  await syncFolder(directory.requests);
}

/** Fails where there is none, or it is damaged. */
export async function readRequest(id: string, directory: StateDirectory): Promise<RunRequest> {
  return requestSchema.parse(JSON.parse(await readFile(directory.request(id), 'utf8')));
}

export async function removeRequest(id: string, directory: StateDirectory): Promise<void> {
  await rm(directory.request(id), { force: true });
}
