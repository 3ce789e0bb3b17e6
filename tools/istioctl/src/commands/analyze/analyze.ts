import {
  allAnalyzers,
  analyzeSnapshot,
  listAnalyzers,
  selectAnswerable,
  withoutRestated,
  type AnalyzedObject,
  type Analyzer,
} from '@istio-ts/config-analysis';
import { ManifestText } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';
import { CommandFailure } from '../../command/command-failure.js';
import { defineCommand } from '../../command/define-command.js';
import { readManifestFiles, type ManifestFile } from '../../manifests/read-manifest-files.js';
import { analyzeFlags, type AnalyzeInvocation } from './analyze-flags.js';
import { askIstiods, type Found } from './ask-istiods.js';
import { overlay, readFile, readMeshObjects, type Collected } from './collect-objects.js';
import { defaultIngressGateway } from './default-ingress-gateway.js';
import { readMeshSettings } from './mesh-settings.js';
import { documentation, printIssues } from './render-issues.js';
import { readMesh } from './read-mesh.js';
import { withPlace } from './with-place.js';
import {
  compareIssues,
  isAtLeast,
  isInScope,
  parseSuppression,
  type Level,
  type Scope,
} from './select-issues.js';

/** Istio's exit statuses: something was found; some text could not be read. */
const foundIssues = 79;
const unreadable = 65;

/** Codes of texts that are no manifests. */
const unreadableCodes: readonly string[] = ['YAML_SYNTAX', 'MANIFEST_SHAPE', 'INPUT_LIMIT', 'UNKNOWN_KIND'];

export const analyzeCommand = defineCommand({
  name: 'analyze',
  summary: 'What is wrong with the configuration of a mesh, or of files',
  description:
    'Looks at objects together: routes to hosts that are not there, gateways that conflict, pods without a proxy. Of a running mesh, of files before they are applied to it, or of files alone.',
  examples: [
    { text: 'The running mesh', command: 'istioctl analyze -n istioinaction' },
    {
      text: 'What a file would change, without applying it',
      command: 'istioctl analyze catalog.yaml -n istioinaction',
    },
    { text: 'Files alone', command: 'istioctl analyze --use-kube=false --recursive manifests' },
    { text: 'Without one kind of message', command: 'istioctl analyze -S "IST0102=Namespace default"' },
  ],
  positionals: [
    { name: 'files', description: 'files and folders of manifests; - is standard input', variadic: true },
  ],
  flags: analyzeFlags,
  run: async (invocation) => {
    if (invocation.flags['list-analyzers']) printAnalyzers(invocation);
    else await analyze(invocation);
  },
});

function printAnalyzers({ io }: AnalyzeInvocation): void {
  io.writeOut(
    listAnalyzers()
      .map(({ name, summary }) => `* ${name}:\n    ${summary}\n`)
      .join(''),
  );
}

async function analyze(invocation: AnalyzeInvocation): Promise<void> {
  const { flags: given, positionals, io } = invocation;
  const suppressions = given.suppress.map((text) => parseSuppression(text, io));
  const files = await readManifestFiles(positionals, { io, recursive: given.recursive });
  const { issues, texts, withMesh } = await find(invocation, files);
  const scope = scopeOf(invocation, withMesh);
  const shown = issues
    .filter((issue) => !(given['ignore-unknown'] && unreadableCodes.includes(issue.code)))
    .filter((issue) => isInScope(issue, scope) && !suppressions.some((suppressed) => suppressed(issue)))
    .sort(compareIssues);
  report(shown, invocation, texts);
}

/** The mesh as it runs is known best by its istiods; what it would be with files or other settings is found out here. */
async function find(
  invocation: AnalyzeInvocation,
  files: readonly ManifestFile[],
): Promise<Found & { readonly withMesh: boolean }> {
  const { flags: given, positionals, io } = invocation;
  const asItRuns = positionals.length === 0 && given['use-kube'] && given.meshConfigFile === undefined;
  const asked = asItRuns ? await askIstiods(invocation) : undefined;
  if (asked !== undefined) return { ...asked, withMesh: true };
  const found = await findInObjects(invocation, files);
  if (asItRuns) io.writeError('No istiod answers, so the objects of the mesh are looked at here.\n');
  return found;
}

async function findInObjects(
  invocation: AnalyzeInvocation,
  files: readonly ManifestFile[],
): Promise<Found & { readonly withMesh: boolean }> {
  const values = await readMesh(invocation);
  const collected = overlay(
    readMeshObjects(values ?? []),
    files.map((file) => readFile(file, invocation.global.namespace)),
  );
  const settings = await readMeshSettings(invocation, collected);
  const analyzers = values === undefined ? selectForFiles(collected) : allAnalyzers;
  if (invocation.flags.verbose) tellSkipped(analyzers, invocation);
  const objects = [
    ...collected.objects,
    ...settings,
    ...(values === undefined ? defaultIngressGateway(settings, collected) : []),
  ];
  const analysed = analyzeAll(objects, analyzers, invocation, files);
  return {
    issues: [...withoutRestated(collected.issues, analysed), ...analysed],
    texts: new Map(files.map(({ name, text }) => [name, text])),
    withMesh: values !== undefined,
  };
}

/** What -n and -A ask for; of files alone everything is looked at, unless a namespace is asked for. */
function scopeOf({ flags: given, global, positionals }: AnalyzeInvocation, withMesh: boolean): Scope {
  if (given['all-namespaces']) return { namespace: undefined, withFiles: true };
  const { givenNamespace, namespace } = global;
  return {
    namespace: withMesh || givenNamespace !== undefined ? namespace : undefined,
    withFiles: positionals.length > 0 && givenNamespace === undefined,
  };
}

function selectForFiles({ objects }: Collected): readonly Analyzer[] {
  return selectAnswerable(allAnalyzers, new Set(objects.map(({ kind }) => kind)));
}

function tellSkipped(analyzers: readonly Analyzer[], { io }: AnalyzeInvocation): void {
  const skipped = allAnalyzers.filter((each) => !analyzers.includes(each));
  for (const { name, needs } of skipped) {
    io.writeError(`Left out ${name}: the files have no ${needs.join(' or no ')} that it could look at.\n`);
  }
}

function analyzeAll(
  objects: readonly AnalyzedObject[],
  analyzers: readonly Analyzer[],
  { global, io }: AnalyzeInvocation,
  files: readonly ManifestFile[],
): readonly Issue[] {
  const { issues } = analyzeSnapshot(objects, {
    analyzers,
    settings: { systemNamespace: global.istioNamespace, nowMs: () => io.now().getTime() },
  });
  const texts = new Map(files.map(({ name, text }) => [name, new ManifestText(name, text)]));
  return issues.map((issue) => withPlace(issue, texts));
}

/** Programs that read what is found find it there; the exit status is for people, as with Istio. */
function report(
  issues: readonly Issue[],
  invocation: AnalyzeInvocation,
  texts: ReadonlyMap<string, string>,
): void {
  const { flags: given, io } = invocation;
  const shown = issues.filter((issue) => isAtLeast(issue, given['output-threshold']));
  const target = targetOf(invocation);
  printIssues(shown, { io, output: given.output, colors: given.color && io.colors, texts });
  if (given.output !== 'log') return;
  if (shown.length === 0) io.writeError(`✔ No validation issues found when analyzing ${target}.\n`);
  fail(issues, given['failure-threshold'], target);
}

function fail(issues: readonly Issue[], threshold: Level, target: string): void {
  const failing = issues.filter((issue) => isAtLeast(issue, threshold));
  if (failing.length === 0) return;
  if (failing.every(({ code }) => unreadableCodes.includes(code)))
    throw new CommandFailure("Some files couldn't be parsed.", unreadable);
  throw new CommandFailure(
    `Analyzers found issues when analyzing ${target}.\nSee ${documentation} for more information about causes and resolutions.`,
    foundIssues,
  );
}

function targetOf({ flags: given, positionals, global }: AnalyzeInvocation): string {
  if (positionals.length > 0) return positionals.join(', ');
  return given['all-namespaces'] ? 'all namespaces' : `namespace: ${global.namespace}`;
}
