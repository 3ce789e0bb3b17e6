import { join } from 'node:path';

/** Where the pieces of a mesh lie, as the supervisor and its pods see them. */
export interface MeshPaths {
  /** The repository, where builds are taken from. */
  readonly repository: string;
  /** The mesh's data folder. */
  readonly data: string;
  /** The folder of the copies that the mesh runs. */
  readonly bundles: string;
  /** The folder of commands that pods find on their PATH. */
  readonly bin: string;
  readonly node: string;
  readonly envoy: string | undefined;
}

/** The root of everything that pods share: mounted there, so that no user id is kept out by a private home folder. */
export const sharedRoot = '/run/localmesh';

export const sharedPaths = (hasEnvoy: boolean): MeshPaths => ({
  repository: join(sharedRoot, 'repository'),
  data: join(sharedRoot, 'data'),
  bundles: join(sharedRoot, 'data', 'bundles'),
  bin: join(sharedRoot, 'bin'),
  node: join(sharedRoot, 'programs', 'node'),
  envoy: hasEnvoy ? join(sharedRoot, 'programs', 'envoy') : undefined,
});

export const podFolder = ({ data }: MeshPaths, namespace: string, pod: string): string =>
  join(data, 'pods', namespace, pod);
/** Where a pod's logs are, as the machine sees it: the command line reads them there. */
export const logFolder = (data: string, namespace: string, pod: string): string =>
  join(data, 'logs', namespace, pod);

/** The PATH of every container. */
export const containerPath = ({ bin }: MeshPaths): string =>
  `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
