import type { AnalysisIssue } from '@istio-ts/config-analysis';
import { ManifestText } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';
import type { Io } from '../../io.js';
import type { AnalyzeInvocation } from './analyze-flags.js';
import { withinTimeout } from './read-mesh.js';
import { withPlace } from './with-place.js';

/** Issues, and the texts that they point into by their names. */
export interface Found {
  readonly issues: readonly Issue[];
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * What the istiods of the running mesh find wrong, each thing once, with its place in files that are on this machine. That is
 * more than objects tell: also what proxies reject, and what is read and not carried out. Undefined where no istiod answers.
 */
export async function askIstiods(invocation: AnalyzeInvocation): Promise<Found | undefined> {
  const { io, global } = invocation;
  const ask = io.openMesh(global.mesh).askIstiods('/debug/issues', global.istioNamespace);
  const answers = await withinTimeout(invocation, ask).catch(() => undefined);
  if (answers === undefined) return undefined;
  const said = answers.flatMap(({ text }) => JSON.parse(text) as readonly (Issue | AnalysisIssue)[]);
  const issues = [...new Map(said.map((issue) => [JSON.stringify(issue), issue])).values()];
  const texts = await readTexts(issues, io);
  const manifests = new Map([...texts].map(([name, text]) => [name, new ManifestText(name, text)]));
  return { texts, issues: issues.map((issue) => withPlace(issue, manifests)) };
}

/** The files of issues; those that are not here are left out. */
async function readTexts(issues: readonly Issue[], io: Io): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(issues.flatMap(({ position }) => position?.file ?? []))];
  const texts = names.map(async (name) => {
    const text = await io.readFile(name).catch(() => undefined);
    return text === undefined ? [] : [[name, text] as const];
  });
  return new Map((await Promise.all(texts)).flat());
}
