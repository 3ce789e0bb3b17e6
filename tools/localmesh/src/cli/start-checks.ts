import { mkdir, stat } from 'node:fs/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { ControlClient } from './control-client.js';

/** Ends a start that cannot come to anything: no manifests, no place for data, a mesh that runs there already. */
export async function checkFolders(folder: string, data: string): Promise<void> {
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder)
    throw new MeshError(MeshErrorCode.FileSystem, `${folder} is no folder: name a folder of manifests`);
  try {
    await mkdir(data, { recursive: true });
  } catch (thrown) {
    const { code, message } = MeshError.from(thrown);
    throw new MeshError(code, `the data folder cannot be made (${message}): choose another with --data-dir`, {
      cause: thrown,
    });
  }
  const runs = await new ControlClient(data).call('/pods').then(
    () => true,
    () => false,
  );
  if (runs)
    throw new MeshError(
      MeshErrorCode.AddressInUse,
      `a mesh already runs with the data folder ${data}: end it, or give this one another with --data-dir`,
    );
}
