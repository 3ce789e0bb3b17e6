import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalMesh } from '../support/local-mesh.js';

/** Runs an agent for some seconds in the pod of the plain client, with a token of the test's making; what it said. */
export async function agentByHand(mesh: LocalMesh, token: string): Promise<string> {
  const pods = join(mesh.dataDir, 'pods/default');
  const pod = (await readdir(pods)).find((name) => name.startsWith('sleep')) ?? '';
  const root = join(pods, pod, 'by-hand');
  const [tokens, istio, labels] = ['var/run/secrets/tokens', 'var/run/secrets/istio', 'etc/istio/pod'].map(
    (name) => join(root, name),
  );
  for (const folder of [tokens, istio, labels]) await mkdir(folder ?? root, { recursive: true });
  await writeFile(join(tokens ?? '', 'istio-token'), token);
  await copyFile(join(mesh.dataDir, 'istiod/root-cert.pem'), join(istio ?? '', 'root-cert.pem'));
  // The client's commands run as an ordinary user.
  for (const name of ['.', ...(await readdir(root, { recursive: true }))])
    await chmod(join(root, name), 0o777);
  const command = `cd by-hand && exec timeout 4 pilot-agent proxy sidecar 2>&1`;
  const { stdout } = await mesh.exec('deploy/sleep', 'default', ['env', ...environment, 'sh', '-c', command]);
  await rm(root, { recursive: true });
  return stdout;
}

const environment = [
  'POD_NAME=by-hand',
  'POD_NAMESPACE=default',
  'INSTANCE_IP=127.0.0.1',
  'SERVICE_ACCOUNT=sleep',
  'PROXY_CONFIG={"discoveryAddress":"istiod.istio-system.svc:15012"}',
];
