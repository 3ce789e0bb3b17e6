import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { clearLoopbackPods } from '../runtime/loopback-sandbox.js';

/** What a run leaves that the next one has no use for. */
const passing = ['pods', 'logs', 'run'] as const;
/** Keys and Secrets are in these. */
const secret = ['istiod', 'store'] as const;

/**
 * Clears away what an earlier run left, whatever ended it. Processes of other user ids than the owner's get through the
 * folder to what they may read, also where the owner makes private folders by habit.
 */
export async function prepareDataFolder(
  data: string,
  { namespaces }: { readonly namespaces: boolean },
): Promise<void> {
  process.umask(0o022);
  if (!namespaces) clearLoopbackPods(join(data, 'pods'));
  for (const folder of passing) await rm(join(data, folder), { recursive: true, force: true });
  for (const folder of secret) await mkdir(join(data, folder), { recursive: true, mode: 0o700 });
  if (namespaces) await chmod(data, (await stat(data)).mode | 0o011);
}
