import { allAnalyzers, analyzeSnapshot, displayKind } from '@istio-ts/config-analysis';
import { IssueCode, ManifestText, parseManifests, type Resource } from '@istio-ts/config-model';
import { apiServerRules } from '@istio-ts/config-model/crd';
import {
  MeshError,
  MeshErrorCode,
  renderExcerpt,
  renderPosition,
  type Issue,
  type ResourceRef,
} from '@istio-ts/foundation';
import { checkJson } from '@istio-ts/xds-types/json';
import { CommandFailure } from '../../command/command-failure.js';
import { defineCommand } from '../../command/define-command.js';
import { textsFlag } from '../../command/flags.js';
import { readManifestFiles, type ManifestFile } from '../../manifests/read-manifest-files.js';
import { excerptStyle } from '../../writers/colors.js';

const flags = {
  filename: textsFlag('FILE', 'file or folder of manifests, may be repeated; - is standard input', 'f'),
} as const;

export const validateCommand = defineCommand({
  name: 'validate',
  aliases: ['v'],
  summary: 'Whether manifests would be accepted, each object for itself',
  description:
    'Checks objects one by one, without a mesh: their fields, their values, and what the API server would refuse. How objects fit together says "istioctl analyze".',
  examples: [
    { text: 'A file', command: 'istioctl validate -f bookinfo-gateway.yaml' },
    { text: 'What another program writes', command: 'kustomize build | istioctl validate -f -' },
  ],
  flags,
  run: async ({ flags: { filename }, global, io }) => {
    if (filename.length === 0)
      throw new MeshError(
        MeshErrorCode.Usage,
        'must specify resources by --filename (-f), a file or a folder',
      );
    const files = await readManifestFiles(filename, { io, recursive: true });
    const verdicts = files.map((file) => judge(file, global.givenNamespace ?? ''));
    for (const verdict of verdicts) io.writeOut(renderVerdict(verdict, io.colors));
    const errors = verdicts.flatMap((verdict) =>
      verdict.errors.map((issue) => renderIssue(issue, verdict, io.colors)),
    );
    if (errors.length > 0) {
      throw new CommandFailure(
        `${errors.length} ${errors.length === 1 ? 'error' : 'errors'} occurred:\n${errors.join('')}`,
        1,
      );
    }
  },
});

interface Verdict {
  readonly file: ManifestFile;
  readonly errors: readonly Issue[];
  readonly warnings: readonly Issue[];
}

function judge(file: ManifestFile, defaultNamespace: string): Verdict {
  const { resources, issues } = parseManifests(file.text, {
    file: file.name,
    source: 'files',
    cluster: 'Kubernetes',
    defaultNamespace,
    apiServer: apiServerRules,
    checkEnvoyValue: checkJson,
  });
  // Which kinds are carried out here is no matter of whether an object is well formed.
  const judged = issues.filter(
    ({ code }) => code !== IssueCode.KindNotEnforced && code !== IssueCode.KindNotRead,
  );
  return {
    file,
    errors: [...judged.filter(({ severity }) => severity === 'error'), ...portNames(resources, file)],
    warnings: judged.filter(({ severity }) => severity === 'warning'),
  };
}

/** A Service is refused where a port does not say its protocol: what the mesh would guess is not left to chance here. */
function portNames(resources: readonly Resource[], { name, text }: ManifestFile): readonly Issue[] {
  const analyzers = allAnalyzers.filter((analyzer) => analyzer.name === 'service.PortNameAnalyzer');
  const manifest = new ManifestText(name, text);
  return analyzeSnapshot(resources, { analyzers }).issues.map((issue) =>
    issue.position === undefined
      ? issue
      : { ...issue, position: manifest.locate(issue.position, issue.place ?? []) },
  );
}

function renderVerdict(verdict: Verdict, colors: boolean): string {
  const { file, errors, warnings } = verdict;
  const name = JSON.stringify(file.name);
  if (warnings.length > 0) {
    return `${name} has warnings: \n${warnings.map((issue) => renderIssue(issue, verdict, colors)).join('')}\n`;
  }
  return errors.length > 0 ? '' : `${name} is valid\n`;
}

function renderIssue(issue: Issue, { file }: Pick<Verdict, 'file'>, colors: boolean): string {
  const { resource, path, message, position, severity } = issue;
  const words = [resource && displayName(resource), path, message].filter(
    (word) => word !== undefined && word !== '',
  );
  const where = position === undefined ? '' : ` (${renderPosition(position)})`;
  const excerpt =
    position === undefined ? '' : renderExcerpt(file.text, position, excerptStyle(severity, colors));
  return `\t* ${words.join(': ')}${where}\n${excerpt}`;
}

/** `VirtualService/default/web`; the namespace is empty where none is named. */
function displayName({ kind, namespace = '', name }: ResourceRef): string {
  return `${displayKind(kind)}/${namespace}/${name}`;
}
