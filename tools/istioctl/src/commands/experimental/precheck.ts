import {
  analyzeSnapshot,
  localhostListenersAnalyzer,
  precheckAnalyzers,
  upgradeAnalyzer,
  type AnalyzedObject,
  type Analyzer,
  type ListeningSocket,
} from '@istio-ts/config-analysis';
import { MeshError, MeshErrorCode, type Issue } from '@istio-ts/foundation';
import { CommandFailure } from '../../command/command-failure.js';
import { defineCommand, type Invocation } from '../../command/define-command.js';
import { outputFlag, switchFlag, textFlag } from '../../command/flags.js';
import { renderPodName } from '../../mesh/mesh-access.js';
import { readManifestFiles } from '../../manifests/read-manifest-files.js';
import { levelFlag } from '../analyze/analyze-flags.js';
import { overlay, readFile, readMeshObjects } from '../analyze/collect-objects.js';
import { readMeshSettings } from '../analyze/mesh-settings.js';
import { documentation, printIssues } from '../analyze/render-issues.js';
import { compareIssues, isAtLeast, isInScope } from '../analyze/select-issues.js';

const flags = {
  'from-version': textFlag('VERSION', 'look for what an upgrade from this version changes, 1.20', 'f'),
  'skip-controlplane': switchFlag('look at pods and changed defaults only'),
  'output-threshold': levelFlag('from which level on issues are shown', 'Warning'),
  output: outputFlag('log', 'json', 'yaml'),
  recursive: switchFlag('look into folders inside folders', false, 'R'),
} as const;

export const precheckCommand = defineCommand({
  name: 'precheck',
  summary: 'Whether an installation or an upgrade of Istio is safe',
  description:
    'Looks at what is in the way of an installation or an upgrade: annotations that are not settled, a Gateway API that is too old, applications that listen on localhost only, defaults that became others. Of the running mesh, or of files.',
  examples: [
    { text: 'The running mesh', command: 'istioctl x precheck' },
    { text: 'One namespace', command: 'istioctl x precheck --namespace default' },
    { text: 'What changes since a version', command: 'istioctl x precheck --from-version 1.20' },
    { text: 'Files', command: 'istioctl x precheck --from-version 1.20 manifests' },
  ],
  positionals: [
    {
      name: 'files',
      description: 'files and folders of manifests, instead of the mesh; - is standard input',
      variadic: true,
    },
  ],
  flags,
  run: precheck,
});

type PrecheckInvocation = Invocation<typeof flags>;

async function precheck(invocation: PrecheckInvocation): Promise<void> {
  const { flags: given, global, io } = invocation;
  const upgrade =
    given['from-version'] === undefined ? [] : [upgradeAnalyzer(readMinor(given['from-version']))];
  const objects = await readObjects(invocation);
  const sockets = await readSockets(invocation);
  const judge = (analyzers: readonly Analyzer[]): readonly Issue[] =>
    analyzeSnapshot(objects, { analyzers, settings: { systemNamespace: global.istioNamespace } }).issues;
  const scope = { namespace: global.givenNamespace, withFiles: false };
  const ofControlPlane = given['skip-controlplane'] ? [] : judge(precheckAnalyzers);
  const ofPods = judge([localhostListenersAnalyzer(({ metadata }) => sockets.get(renderPodName(metadata)))]);
  const scoped = [...ofControlPlane, ...ofPods].filter((issue) => isInScope(issue, scope));
  // A default that changes does so in every namespace.
  const issues = [...scoped, ...judge(upgrade)];
  const shown = issues.filter((issue) => isAtLeast(issue, given['output-threshold'])).sort(compareIssues);
  if (shown.length > 0) printIssues(shown, { io, output: given.output, colors: io.colors, texts: new Map() });
  else io.writeError(`✔ ${allIsWell}\n`);
  if (issues.some((issue) => isAtLeast(issue, 'Warning'))) throw new CommandFailure(notSafe, 1);
}

const allIsWell =
  'No issues found when checking the cluster. Istio is safe to install or upgrade!\n' +
  '  To get started, check out https://istio.io/latest/docs/setup/getting-started/.';

const notSafe =
  'Issues found when checking the cluster. Istio may not be safe to install or upgrade.\n' +
  `See ${documentation} for more information about causes and resolutions.`;

/** Throws a MeshError (USAGE) for what is no version of Istio. */
function readMinor(version: string): number {
  const [major = '', minor, ...more] = version.split('.');
  if (minor === undefined || more.length > 0)
    throw usage(`invalid version ${version}, expected format like '1.0'`);
  if (major !== '1') throw usage(`expected major version 1, got ${version}`);
  if (!/^\d+$/u.test(minor)) throw usage(`minor version is not a number: ${minor}`);
  return Number(minor);
}

function usage(message: string): MeshError {
  return new MeshError(MeshErrorCode.Usage, message);
}

async function readObjects(invocation: PrecheckInvocation): Promise<readonly AnalyzedObject[]> {
  const { flags: given, global, io, positionals } = invocation;
  const files = await readManifestFiles(positionals, { io, recursive: given.recursive });
  const values = positionals.length > 0 ? [] : await io.openMesh(global.mesh).objects();
  const collected = overlay(
    readMeshObjects(values),
    files.map((file) => readFile(file, global.namespace)),
  );
  return [...collected.objects, ...(await readMeshSettings({ flags: {}, global, io }, collected))];
}

/** What the pods of the running mesh listen to, by their names; of files nobody knows it. */
async function readSockets({
  global,
  io,
  positionals,
}: PrecheckInvocation): Promise<ReadonlyMap<string, readonly ListeningSocket[]>> {
  if (positionals.length > 0) return new Map();
  const mesh = io.openMesh(global.mesh);
  const { givenNamespace } = global;
  const pods = (await mesh.pods()).filter(
    ({ ready, namespace }) => ready && (givenNamespace === undefined || namespace === givenNamespace),
  );
  const asked = pods.map(async (pod) => {
    try {
      return [[renderPodName(pod), await mesh.listeningSockets(pod)] as const];
    } catch (thrown) {
      io.writeError(`Not looked at: ${MeshError.from(thrown).message}\n`);
      return [];
    }
  });
  return new Map((await Promise.all(asked)).flat());
}
