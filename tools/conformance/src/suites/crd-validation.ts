import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeManifest, parseResource } from '@istio-ts/config-model';
import { apiServerRules, validateAsApiServer } from '@istio-ts/config-model/crd';
import { MeshError, MeshErrorCode, renderIssue } from '@istio-ts/foundation';
import { checkJson } from '@istio-ts/xds-types/json';
import { readCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';

interface CrdCase {
  readonly name: string;
  readonly file: string;
  readonly valid: boolean;
  /** Whether only the CRD must refuse it; what the webhook says is not compared then. */
  readonly crdOnly?: boolean;
  /** An annotation with which the webhook must refuse the same object. */
  readonly alsoRejectedWith?: { readonly annotation: string; readonly value: string };
}

/** What an API server with the CRDs, and the webhook behind it, say of the same object. */
export const crdValidation: Suite = {
  name: 'crd-validation',
  load: (dir) =>
    (readCases(join(dir, 'cases.json')) as readonly CrdCase[]).map((given) => ({
      name: given.name,
      run: () => runCase(given, readManifest(join(dir, given.file))),
    })),
};

/** As users' manifests are read. */
function readManifest(path: string): ManifestObject {
  const decoded = decodeManifest(readFileSync(path, 'utf8'), path);
  if (decoded.ok) return decoded.value as ManifestObject;
  throw new MeshError(MeshErrorCode.Usage, decoded.error.map(renderIssue).join('; '));
}

interface ManifestObject {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

function runCase({ valid, crdOnly = false, alsoRejectedWith }: CrdCase, object: ManifestObject): CaseOutcome {
  const crd = (validateAsApiServer(object) ?? []).map(({ path = '', message }) => `${path}: ${message}`);
  const webhook = webhookMessages(object);
  const marked = alsoRejectedWith && annotate(object, alsoRejectedWith);
  const want = {
    crd: valid,
    webhook: crdOnly ? undefined : valid,
    marked: marked === undefined ? undefined : false,
  };
  const got = {
    crd: crd.length === 0,
    webhook: crdOnly ? undefined : webhook === undefined,
    marked: marked === undefined ? undefined : webhookMessages(marked) === undefined,
  };
  const outcome = compare(want, got);
  return outcome.kind === 'agree'
    ? outcome
    : { kind: 'differ', want, got: { ...got, messages: [crd, webhook] } };
}

function annotate(
  object: ManifestObject,
  { annotation, value }: NonNullable<CrdCase['alsoRejectedWith']>,
): ManifestObject {
  const annotations = { ...object.metadata.annotations, [annotation]: value };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Why the webhook refuses an object, or undefined where it does not. */
function webhookMessages(object: unknown): readonly string[] | undefined {
  const { expressionFault } = apiServerRules;
  const result = parseResource(object, {
    source: 'conformance',
    cluster: 'Kubernetes',
    apiServer: { check: () => undefined, expressionFault },
    checkEnvoyValue: checkJson,
  });
  return result.ok ? undefined : result.error.map(({ path = '', message }) => `${path}: ${message}`);
}
