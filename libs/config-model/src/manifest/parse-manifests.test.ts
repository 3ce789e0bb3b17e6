import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderIssue } from '@istio-ts/foundation';
import { IssueCode } from '../issue-code.js';
import { resourceKey } from '../resource.js';
import { decodeManifest } from './decode-manifest.js';
import { parseKind } from './parse-kind.js';
import { parseManifests } from './parse-manifests.js';
import { apiServerRules } from '../crd/index.js';
import { nearlyRight } from './nearly-right.test-support.js';
import { parseResource } from './parse-resource.js';

const options = { file: 'mesh.yaml', source: 'files', cluster: 'Kubernetes' };

function parse(text: string) {
  const { resources, issues } = parseManifests(text, options);
  return { resources, keys: resources.map(resourceKey), issues: issues.map(renderIssue) };
}

const reviews = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts: [reviews]
  http:
  - route:
    - destination: { host: reviews, subset: v1 }
`;

describe('parseManifests', () => {
  it('reads every document of a text, in order, with the place of each', () => {
    const { keys, issues, resources } = parse(
      `# first\n---\n${reviews}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n`,
    );
    expect(keys).toEqual(['VirtualService/default/reviews', 'Namespace//shop']);
    expect(issues).toEqual([]);
    expect(resources[0]?.origin.position).toEqual({ file: 'mesh.yaml', line: 3, column: 1 });
  });

  it.each(['v1', 'v1beta1', 'v1alpha3'])('reads %s of a kind like the others', (version) => {
    const { resources } = parse(reviews.replace('/v1', `/${version}`));
    expect(resources[0]?.spec).toEqual(parse(reviews).resources[0]?.spec);
  });

  it('refuses names that break keys and warns of those that only Kubernetes refuses', () => {
    expect(parse(reviews.replace('name: reviews', 'name: a/b')).keys).toEqual([]);
    const { keys, issues } = parse(reviews.replace('name: reviews', 'name: Reviews'));
    expect(keys).toEqual(['VirtualService/default/Reviews']);
    expect(issues[0]).toMatch(/^warning IST0133/u);
  });

  it('lays merge keys under the keys beside them', () => {
    const { resources, issues } = parse(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: &n c}\ndata: {<<: &a {x: "1"}, <<: {y: "2"}, x: "3"}',
    );
    expect(issues).toEqual([]);
    expect(resources[0]?.spec).toEqual({ data: { x: '3', y: '2' } });
  });

  it('keeps the documents around a broken one', () => {
    for (const broken of ['a: "open', 'a: [open', 'a: b: c', '\ta: 1', 'a: 1\na: 2', '&a [*b]', '}']) {
      const { keys, issues } = parse(
        `${reviews}---\n${broken}\n---\n${reviews.replace('name: reviews', 'name: other')}`,
      );
      expect(keys).toEqual(['VirtualService/default/reviews', 'VirtualService/default/other']);
      expect(issues.length).toBeGreaterThan(0);
    }
  });

  it('names line and column of a mistake', () => {
    expect(parse(reviews.replace('subset:', 'subsets:')).issues).toEqual([
      'error IST0106 (VirtualService/default/reviews spec.http[0].route[0].destination.subsets at mesh.yaml:9:46): ' +
        'there is no field "subsets" here; did you mean "subset"?',
    ]);
  });

  it('names the nearest word for a wrong enum word, and the nearest kind', () => {
    expect(
      parse(
        'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a}\nspec: {mtls: {mode: STRIKT}}',
      ).issues[0],
    ).toContain('did you mean "STRICT"?');
    expect(parse(reviews.replace('VirtualService', 'VirtualServices')).issues[0]).toContain(
      'did you mean "VirtualService"?',
    );
    expect(parse(reviews.replace('networking.istio.io/v1', 'v1')).issues[0]).toContain(
      'belongs to networking.istio.io/v1',
    );
  });

  it('opens lists and points into their items', () => {
    const { keys, issues } = parse(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: a}
- apiVersion: v1
  kind: Service
  metadata: {name: b}
  spec: {ports: [{port: x}]}
`);
    expect(keys).toEqual(['ServiceAccount/default/a']);
    expect(issues).toEqual([
      'error IST0106 (Service/default/b spec.ports[0].port at mesh.yaml:10:25): expected a whole number, found "x"',
    ]);
  });

  it('accepts a kind that is not enforced and says so as an error', () => {
    const { keys, issues } = parse(
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: deny}\nspec: {}',
    );
    expect(keys).toEqual(['AuthorizationPolicy/default/deny']);
    expect(issues[0]).toMatch(/^error KIND_NOT_ENFORCED/u);
  });

  it('tells the Gateway API gateway from Istio’s', () => {
    const gateway =
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: istio}';
    expect(parse(gateway).keys).toEqual(['KubernetesGateway/default/g']);
  });

  it('passes over kinds that mean nothing to the mesh, with a note', () => {
    const { keys, issues } = parse(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}',
    );
    expect(keys).toEqual([]);
    expect(issues[0]).toMatch(/^info KIND_NOT_READ/u);
  });

  it('tolerates fields of Kubernetes kinds that the mesh does not read, and keeps them', () => {
    const { resources, issues } = parse(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {priorityClassName: high}',
    );
    expect(issues).toEqual([]);
    expect(resources[0]?.spec).toEqual({ priorityClassName: 'high' });
  });

  it('takes the content of kinds without spec from beside the metadata', () => {
    const { resources } = parse('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {mesh: x}');
    expect(resources[0]?.spec).toEqual({ data: { mesh: 'x' } });
  });

  it('reads an object of one kind with its type, and refuses one of another', () => {
    const context = { source: 'files', cluster: 'Kubernetes' };
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'g' },
      spec: {},
    };
    const parsed = parseKind(
      'DestinationRule',
      { ...object, kind: 'DestinationRule', spec: { host: 'a' } },
      context,
    );
    expect(parsed.ok && parsed.value.spec.host).toBe('a');
    for (const value of [object, 'text', null]) {
      const refused = parseKind('DestinationRule', value, context);
      expect(!refused.ok && refused.error[0]?.message).toContain(
        'expected kind DestinationRule in apiVersion networking.istio.io/v1, found',
      );
    }
    expect(parseKind('KubernetesGateway', object, context).ok).toBe(false);
  });

  it('checks whatever it is asked to check: what an API server refuses, the values of EnvoyFilters, old rules', () => {
    const text = [
      'apiVersion: networking.istio.io/v1',
      'kind: WorkloadEntry',
      'metadata: {name: w}',
      'spec: {address: 10.0.0.1, network: null}',
      '---',
      'apiVersion: networking.istio.io/v1alpha3',
      'kind: EnvoyFilter',
      'metadata: {name: e}',
      'spec:',
      '  configPatches:',
      '  - {applyTo: CLUSTER, patch: {operation: MERGE, value: {name: false}}}',
    ].join('\n');
    const { issues } = parseManifests(text, {
      ...options,
      apiServer: apiServerRules,
      checkEnvoyValue: (message, value, { partial }) => [
        { path: ['name'], severity: 'error', message: `${message} ${JSON.stringify(value)} ${partial}` },
      ],
    });
    const schema = issues.filter(({ code }) => code === IssueCode.Schema);
    expect(schema.map(renderIssue)).toEqual([
      'error IST0106 (WorkloadEntry/default/w spec.network at mesh.yaml:4:36): is null; leave it out',
      'error IST0106 (EnvoyFilter/default/e spec.configPatches[0].patch.value.name at mesh.yaml:11:64): envoy.config.cluster.v3.Cluster {"name":false} true',
    ]);
  });

  it('reads addresses in brackets as Kubernetes does, where YAML 1.2 sees a mapping', () => {
    const entry = (addresses: string) =>
      parse(
        `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e}\nspec:\n  hosts: [a.com]\n  resolution: NONE\n  ports: [{number: 80, name: http, protocol: HTTP}]\n  addresses: ${addresses}\n`,
      );
    for (const written of ['[fd00::, 2001:db8::]', '[fd00::,2001:db8::] # \t']) {
      const { resources, issues } = entry(written);
      expect(issues).toEqual([]);
      expect(resources[0]?.spec).toMatchObject({ addresses: ['fd00::', '2001:db8::'] });
    }
    expect(entry('[a: ]').issues[0]).toContain('expected text, found an object');
    expect(decodeManifest('a: [fd00::]')).toMatchObject({ ok: true, value: { a: ['fd00::'] } });
    expect(decodeManifest('a: [').ok).toBe(false);
  });

  it('names an IstioOperator that bears no name as the installer does, and no other kind', () => {
    const head = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n';
    expect(parse(`${head}spec: {profile: minimal}`).keys).toEqual(['IstioOperator/default/installed-state']);
    expect(parse(`${head}metadata: {namespace: a}\nspec: {}`).keys).toEqual([
      'IstioOperator/a/installed-state',
    ]);
    expect(parse('apiVersion: v1\nkind: Pod\nmetadata: {}').issues[0]).toContain('metadata.name');
    expect(parse('apiVersion: v1\nkind: Pod').issues[0]).toContain('is required, with at least a name');
  });

  it('keeps what the control plane wrote into a status, typed, and does not judge it', () => {
    const { resources, issues } = parse(
      [
        'apiVersion: networking.istio.io/v1',
        'kind: ServiceEntry',
        'metadata: {name: e}',
        'spec: {hosts: [a.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}',
        'status: {conditions: [{type: Ready, status: "True", reason: 1}], addresses: [{value: 240.240.0.1}], extra: 1}',
      ].join('\n'),
    );
    expect(issues).toEqual([]);
    expect(resources[0]?.status).toEqual({
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ value: '240.240.0.1' }],
      extra: 1,
    });
  });

  it('is not fooled by keys that name an object’s prototype', () => {
    const { issues } = parse(reviews.replace('spec:', 'spec:\n  __proto__: {hosts: [a]}\n  constructor: x'));
    expect(issues).toHaveLength(2);
    expect(({} as Record<string, unknown>)['hosts']).toBeUndefined();
    expect(
      parse('apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {__proto__: x}}').issues,
    ).toHaveLength(1);
  });

  it.each([
    ['depth', '['.repeat(5_000)],
    ['depth', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['size', 'a'.repeat(3_000_000)],
    ['marks', '- x\n'.repeat(200_000)],
    [
      'aliases',
      Array.from(
        { length: 12 },
        (_, n) =>
          `a${n}: &a${n} [${Array(9)
            .fill(n === 0 ? 'x' : `*a${n - 1}`)
            .join(',')}]`,
      ).join('\n'),
    ],
  ])('stops at its limit of %s', (_name, text) => {
    const { keys, issues } = parse(`${text}\n---\n${reviews}`);
    expect(issues[0]).toMatch(/INPUT_LIMIT/u);
    expect(keys).toEqual(['VirtualService/default/reviews']);
  });
});

const kindWord = fc.constantFrom(
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Service',
  'Pod',
  'PeerAuthentication',
  'WorkloadEntry',
);
const field = fc.constantFrom(
  'hosts',
  'http',
  'tls',
  'tcp',
  'route',
  'match',
  'uri',
  'exact',
  'destination',
  'host',
  'port',
  'number',
  'servers',
  'trafficPolicy',
  'subsets',
  'labels',
  'endpoints',
  'ports',
  'name',
  '__proto__',
  'mtls',
  'portLevelMtls',
  'spec',
  'weight',
  'timeout',
  'retries',
  'addresses',
  'protocol',
  'metadata',
  'loadBalancer',
  'consistentHash',
  'fault',
  'selector',
  'matchLabels',
  'connectionPool',
  'workloadSelector',
  'headers',
  'redirect',
  'rewrite',
  'exportTo',
  'gateways',
  'localityLbSetting',
  'distribute',
  'from',
  'to',
  'failover',
);
const junk = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.anything({ maxDepth: 1 }),
    fc.constantFrom('*', '', 'a.b', '*.x', '1.2.3.4', '%', 'ns/h', -1, 0, 80, null),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(field, tie('value'), { maxKeys: 5 }),
}));

describe('whatever is thrown at it', () => {
  it('parseManifests never throws, and every issue has a place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string(),
          fc.json(),
          fc
            .array(
              fc.constantFrom(
                'a:',
                '\n',
                '  ',
                '- ',
                '[',
                ']',
                '{',
                '"',
                "'",
                '---\n',
                '|',
                '&a ',
                '*a',
                '? ',
                '#',
                '\t',
                '!',
                '%',
                '<<: ',
              ),
            )
            .map((parts) => parts.join('')),
        ),
        (text) => {
          const { issues } = parseManifests(text, options);
          for (const issue of issues) expect(issue.position?.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('parseResource never throws, and what it refuses it explains', () => {
    const apiVersion = fc.constantFrom('networking.istio.io/v1', 'security.istio.io/v1', 'v1');
    fc.assert(
      fc.property(apiVersion, kindWord, junk.object, fc.boolean(), (version, kind, spec, named) => {
        const metadata = named ? { name: 'a' } : spec;
        const result = parseResource(
          { apiVersion: version, kind, metadata, spec },
          { source: 's', cluster: 'c' },
        );
        if (!result.ok) expect(result.error.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('parseResource has a place for whatever is wrong with objects that are nearly right', () => {
    fc.assert(
      fc.property(nearlyRight, (object) => {
        const result = parseResource(object, { source: 's', cluster: 'c', apiServer: apiServerRules });
        for (const { path, message } of result.ok ? result.issues : result.error) {
          expect(typeof path === 'string' || message.includes('not carried out')).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
