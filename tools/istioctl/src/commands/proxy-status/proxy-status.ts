import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonValue } from '@istio-ts/xds-types';
import { defineCommand, type Invocation } from '../../command/define-command.js';
import { outputFlag, textFlag, type NumberFlag } from '../../command/flags.js';
import { parseConfigDump } from '../../dump/config-dump.js';
import { findWorkload } from '../../mesh/find-workload.js';
import { renderPodName, type IstiodAnswer } from '../../mesh/mesh-access.js';
import { renderAs } from '../../writers/render-as.js';
import { readInput, workload } from '../proxy-config/dump-source.js';
import { compareDumps } from './compare-dumps.js';
import { readRejections, renderRejections } from './rejections.js';
import { renderStates, renderSubscriptions } from './status-table.js';
import { parseAnswer, parseSyncStatus } from './sync-status.js';

const verbosity: NumberFlag = {
  kind: 'number',
  default: 1,
  short: 'v',
  description: '1: the state of each type; 0: only the names of the types that a proxy asks for',
};

const flags = {
  output: outputFlag('short', 'json', 'yaml'),
  file: textFlag('FILE', "with a workload: Envoy's configuration dump instead of the running proxy's", 'f'),
  verbosity,
} as const;

export const proxyStatusCommand = defineCommand({
  name: 'proxy-status',
  aliases: ['ps'],
  summary: 'Whether every proxy has what istiod has for it',
  description:
    'Whether every proxy has acknowledged what istiod has for it. With a workload: the difference between the two.',
  examples: [
    { text: 'All proxies of the mesh', command: 'istioctl proxy-status' },
    { text: 'What one proxy does not have yet', command: 'istioctl ps deploy/webapp.istioinaction' },
  ],
  positionals: [workload],
  flags,
  run: async (invocation) => {
    const [reference] = invocation.positionals;
    await (reference === undefined ? printAll(invocation) : printDifference(invocation, reference));
  },
});

async function printAll({
  flags: { output, verbosity, file },
  global,
  io,
}: Invocation<typeof flags>): Promise<void> {
  if (file !== undefined)
    throw new MeshError(MeshErrorCode.Usage, '--file wants a workload to compare it with');
  const mesh = io.openMesh(global.mesh);
  const answers = await mesh.askIstiods('/debug/syncz', global.istioNamespace);
  const rejections = output === 'short' ? await readRejections(mesh, global.istioNamespace) : [];
  const short = () => {
    const proxies = answers.flatMap(parseSyncStatus);
    const table = verbosity === 0 ? renderSubscriptions(proxies) : renderStates(proxies);
    return `${table}${renderRejections(rejections)}`;
  };
  io.writeOut(renderAs(output, { short, value: () => printAnswers(answers) }));
}

/** The answer of one istiod as it came; of several, a list. */
function printAnswers(answers: readonly IstiodAnswer[]): JsonValue {
  const values = answers.map(({ istiod, text }) => parseAnswer(istiod, text));
  return values.length === 1 ? (values[0] ?? null) : values;
}

async function printDifference(
  { flags: { file, output }, global, io }: Invocation<typeof flags>,
  reference: string,
): Promise<void> {
  if (output !== 'short')
    throw new MeshError(MeshErrorCode.Usage, 'a difference has no other --output than short');
  const mesh = io.openMesh(global.mesh);
  const pod = findWorkload(await mesh.pods(), reference, global.namespace);
  const name = renderPodName(pod);
  const wanted = await mesh.askIstiods(`/debug/config_dump?proxyID=${name}`, global.istioNamespace);
  const held =
    file === undefined
      ? await mesh.askProxy(pod, { method: 'GET', path: 'config_dump' })
      : await readInput(io, file);
  const proxyDump = parseConfigDump(held, file ?? name);
  for (const { istiod, text } of wanted) io.writeOut(compareDumps(parseConfigDump(text, istiod), proxyDump));
  const rejections = await readRejections(mesh, global.istioNamespace);
  io.writeOut(renderRejections(rejections.filter(({ message }) => message.includes(name))));
}
