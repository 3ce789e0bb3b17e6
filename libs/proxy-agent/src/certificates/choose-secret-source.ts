import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '@istio-ts/foundation';
import type { AgentSettings } from '../agent-settings.js';
import { controlPlaneOptions } from '../grpc/control-plane-options.js';
import type { PodRoot } from '../pod/pod-paths.js';
import { createCertificateClient } from './certificate-client.js';
import { IssuedSecretSource } from './issued-secret-source.js';
import { mountedFiles, MountedSecretSource } from './mounted-secret-source.js';
import type { SecretSource } from './workload-secret.js';

interface Surroundings {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** A certificate mounted into the pod is taken as it is; otherwise the certificate service is asked for one. */
export async function chooseSecretSource(
  settings: AgentSettings,
  root: PodRoot,
  { clock, random, logger: parent }: Surroundings,
): Promise<SecretSource> {
  const logger = parent.child('certificates');
  const mounted = root.path('mountedCertificates');
  if (await exists(join(mounted, mountedFiles.chain)))
    return new MountedSecretSource({ dir: mounted, clock, logger });
  const { trustDomain, namespace, serviceAccount } = settings.pod;
  return new IssuedSecretSource({
    ...settings.certificate,
    clientFor: (secrets) =>
      createCertificateClient(
        controlPlaneOptions({ address: settings.caAddress, settings, root, clock, secrets }),
      ),
    identity: { trustDomain, namespace, serviceAccount },
    rootCertFile: root.path('rootCert'),
    clock,
    random,
    logger,
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
