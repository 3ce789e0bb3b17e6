import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { defineCommand, type Invocation } from '../../command/define-command.js';
import type { FlagTable } from '../../command/flags.js';
import { parseConfigDump } from '../../dump/config-dump.js';
import { renderPodName } from '../../mesh/mesh-access.js';
import { summarizeSecrets } from '../../summaries/secrets.js';
import { openWorkload, workload } from './dump-source.js';

export const rootcaCompareCommand = defineCommand({
  name: 'rootca-compare',
  aliases: ['rc'],
  summary: 'Whether two proxies trust the same root certificates',
  examples: [
    { text: 'Two pods', command: 'istioctl proxy-config rootca-compare deploy/webapp deploy/catalog' },
  ],
  positionals: [
    { ...workload, name: 'workload1', required: true },
    { ...workload, name: 'workload2', required: true },
  ],
  flags: {},
  run: async (invocation) => {
    const [left, right] = await Promise.all(
      invocation.positionals.map((reference) => readRoots(invocation, reference)),
    );
    if (left === undefined || right === undefined) return;
    const verdict = sameRoots(left.roots, right.roots) ? 'the same' : 'not the same';
    const text = `Both ${left.name} and ${right.name} have ${verdict} ROOTCA`;
    if (verdict === 'not the same')
      throw new MeshError(MeshErrorCode.Usage, `${text}: mutual TLS between them may fail`);
    invocation.io.writeOut(`${text}: mutual TLS between them can work\n`);
  },
});

interface Roots {
  readonly name: string;
  /** Fingerprints. */
  readonly roots: ReadonlySet<string>;
}

async function readRoots(invocation: Invocation<FlagTable>, reference: string): Promise<Roots> {
  const { mesh, pod } = await openWorkload(invocation, reference);
  const text = await mesh.askProxy(pod, { method: 'GET', path: 'config_dump' });
  const roots = summarizeSecrets(parseConfigDump(text, pod.name)).flatMap(({ type, state, certificate }) =>
    type === 'CA' && state === 'ACTIVE' && certificate !== undefined ? [certificate.fingerprint256] : [],
  );
  if (roots.length > 0) return { name: renderPodName(pod), roots: new Set(roots) };
  throw new MeshError(MeshErrorCode.Protocol, `${renderPodName(pod)} has no root certificate yet`);
}

function sameRoots(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((root) => right.has(root));
}
