import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';

const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: catalog-v1-v2
  namespace: istioinaction
spec:
  hosts: [catalog.istioinaction.svc.cluster.local]
  http:
  - route:
    - destination:
        host: catalog.istioinaction.svc.cluster.local
        subset: version-v1
      weight: 20
    - destination:
        host: catalog.istioinaction.svc.cluster.local
        subset: version-v2
      weight: 80
`;

const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalog }
spec:
  host: catalog.istioinaction.svc.cluster.local
  subsets:
  - { name: version-v1, labels: { version: v1 } }
  - { name: version-v2, labels: { version: v2 } }
`;

const pod = (version: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `catalog-${version}`, namespace: 'istioinaction', labels: { app: 'catalog', version } },
  spec: { containers: [{ name: 'catalog' }, { name: 'istio-proxy' }] },
});

/** The mesh of the book's chapter 10: two versions, and a route to subsets that nobody declares. */
const objects = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'istioinaction', labels: { 'istio-injection': 'enabled' } },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'catalog', namespace: 'istioinaction' },
    spec: { selector: { app: 'catalog' }, ports: [{ name: 'http', port: 80 }] },
  },
  pod('v1'),
  pod('v2'),
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'catalog-v1-v2', namespace: 'istioinaction' },
    spec: {
      hosts: ['catalog.istioinaction.svc.cluster.local'],
      http: [
        {
          route: ['version-v1', 'version-v2'].map((subset) => ({
            destination: { host: 'catalog.istioinaction.svc.cluster.local', subset },
            weight: 50,
          })),
        },
      ],
    },
  },
];

const mesh = () => new FakeMesh({ objects });
const lookedAtHere = 'No istiod answers, so the objects of the mesh are looked at here.\n';
const see =
  'See https://istio.io/v1.13/docs/reference/config/analysis for more information about causes and resolutions.';

test('a running mesh is as its istiods say, each thing once, with its place in files that are here', async () => {
  const issues = [
    {
      code: 'IST0101',
      severity: 'error',
      message: 'Referenced host not found: "nobody"',
      name: 'ReferencedResourceNotFound',
      resource: { kind: 'VirtualService', namespace: 'istioinaction', name: 'catalog-v1-v2' },
      place: ['spec', 'http', 0, 'route', 0, 'destination', 'host'],
      position: { file: 'catalog.yaml', line: 1, column: 1 },
    },
    { code: 'PROXY_REJECTED', severity: 'error', message: 'no such cluster' },
  ];
  const living = new FakeMesh({ istiod: { '/debug/issues': issues } });
  const files = { 'catalog.yaml': virtualService };
  const { status, out } = await istioctl('analyze -n istioinaction', { mesh: living, files });
  expect(status).toBe(79);
  expect(out)
    .toBe(`Error [IST0101] (VirtualService catalog-v1-v2.istioinaction catalog.yaml:11:15) Referenced host not found: "nobody"
     9 |   - route:
    10 |     - destination:
  > 11 |         host: catalog.istioinaction.svc.cluster.local
       |               ^
Error [PROXY_REJECTED] no such cluster
`);
  expect((await istioctl('analyze', { mesh: living })).out).toBe('Error [PROXY_REJECTED] no such cluster\n');
});

test('where no istiod answers its objects are analysed by namespace, and errors are a failure', async () => {
  const line = (subset: string) =>
    `Error [IST0101] (VirtualService catalog-v1-v2.istioinaction) Referenced host+subset in destinationrule not found: "catalog.istioinaction.svc.cluster.local+${subset}"\n`;
  expect(await istioctl('analyze -n istioinaction', { mesh: mesh() })).toEqual({
    status: 79,
    out: line('version-v1') + line('version-v2'),
    error: `${lookedAtHere}Error: Analyzers found issues when analyzing namespace: istioinaction.\n${see}\n`,
  });
  expect(await istioctl('analyze', { mesh: mesh() })).toEqual({
    status: 0,
    out: '',
    error: `${lookedAtHere}✔ No validation issues found when analyzing namespace: default.\n`,
  });
  const all = await istioctl('analyze -A', { mesh: mesh() });
  expect(all.out).toContain('Info [IST0102] (Namespace other)');
  expect(all.error).toContain('when analyzing all namespaces.');
});

test('a file is laid over the running mesh, as if it had been applied', async () => {
  const files = { 'rule.yaml': destinationRule };
  expect(await istioctl('analyze rule.yaml -n istioinaction', { mesh: mesh(), files })).toEqual({
    status: 0,
    out: '',
    error: '✔ No validation issues found when analyzing rule.yaml.\n',
  });
});

test('of files alone what only a mesh could tell is left out, and the place is shown', async () => {
  const files = { 'catalog.yaml': virtualService };
  const { status, out } = await istioctl('analyze --use-kube=false catalog.yaml', { files });
  expect(status).toBe(79);
  expect(out)
    .toBe(`Error [IST0101] (VirtualService catalog-v1-v2.istioinaction catalog.yaml:12:17) Referenced host+subset in destinationrule not found: "catalog.istioinaction.svc.cluster.local+version-v1"
    10 |     - destination:
    11 |         host: catalog.istioinaction.svc.cluster.local
  > 12 |         subset: version-v1
       |                 ^
Error [IST0101] (VirtualService catalog-v1-v2.istioinaction catalog.yaml:16:17) Referenced host+subset in destinationrule not found: "catalog.istioinaction.svc.cluster.local+version-v2"
    14 |     - destination:
    15 |         host: catalog.istioinaction.svc.cluster.local
  > 16 |         subset: version-v2
       |                 ^
`);
});

test('where no mesh answers, files are looked at alone, which is said; without files it is a failure', async () => {
  const files = { 'rule.yaml': destinationRule };
  const alone = await istioctl('analyze rule.yaml', { files });
  expect(alone.status).toBe(0);
  expect(alone.error).toContain('No mesh answers, so the files are looked at alone');
  expect(await istioctl('analyze')).toMatchObject({ status: 1, error: 'Error: no mesh answers\n' });
  expect((await istioctl('analyze -k=false')).error).toContain('there have to be files');
});

test('JSON and YAML have one entry an issue, and are never a failure', async () => {
  const files = { 'catalog.yaml': virtualService };
  const json = await istioctl('analyze -k=false catalog.yaml -o json', { files });
  expect(json).toMatchObject({ status: 0, error: '' });
  const [first] = JSON.parse(json.out) as readonly unknown[];
  expect(first).toEqual({
    code: 'IST0101',
    documentationUrl: 'https://istio.io/v1.13/docs/reference/config/analysis/ist0101/?ref=istioctl-analyze',
    level: 'Error',
    message:
      'Referenced host+subset in destinationrule not found: "catalog.istioinaction.svc.cluster.local+version-v1"',
    origin: 'VirtualService catalog-v1-v2.istioinaction',
    reference: 'catalog.yaml:12:17',
  });
  const yaml = await istioctl('analyze -k=false catalog.yaml -o yaml', { files });
  expect(yaml.out).toMatch(/^- code: IST0101\n {2}documentationUrl: /);
  const nothing = await istioctl('analyze -k=false rule.yaml -o json', {
    files: { 'rule.yaml': destinationRule },
  });
  expect(nothing).toEqual({ status: 0, out: '[]\n', error: '' });
});

test('thresholds say what is shown and what is a failure; a suppression silences an object', async () => {
  const run = (rest: string) => istioctl(`analyze -A ${rest}`, { mesh: mesh() });
  expect((await run('--output-threshold Error')).out).not.toContain('IST0102');
  const suppressed = await istioctl('analyze -A -S IST0101=* --failure-threshold Warning', { mesh: mesh() });
  expect(suppressed.status).toBe(0);
  expect(suppressed.out).toContain('IST0102');
  expect((await run('-S IST0101=* --failure-threshold Info')).status).toBe(79);
  expect((await run('-S IST0101')).error).toContain('"IST0101" is no suppression');
  const unknown = await run('-S IST0999=*');
  expect(unknown.status).toBe(79);
  expect(unknown.error).toContain('IST0999');
});

test('folders are read, deeper with --recursive; standard input as well', async () => {
  const files = {
    'm/a.yaml': virtualService,
    'm/in/b.yaml': destinationRule,
    'm/notes.txt': 'not YAML: [',
    '-': virtualService,
  };
  expect((await istioctl('analyze -k=false m', { files })).status).toBe(79);
  expect((await istioctl('analyze -k=false -R m -n istioinaction', { files })).status).toBe(0);
  expect((await istioctl('analyze -k=false -', { files })).out).toContain(
    '(VirtualService catalog-v1-v2.istioinaction -:12:17)',
  );
});

test('a text that is no manifest has a status of its own, or is passed over', async () => {
  const files = { 'bad.yaml': 'kind: [', 'rule.yaml': destinationRule };
  const { status, out, error } = await istioctl('analyze -k=false bad.yaml rule.yaml', { files });
  expect(status).toBe(65);
  expect(out).toContain('Error [YAML_SYNTAX] (bad.yaml:');
  expect(error).toBe("Error: Some files couldn't be parsed.\n");
  expect((await istioctl('analyze -k=false --ignore-unknown bad.yaml rule.yaml', { files })).status).toBe(0);
  expect((await istioctl('analyze -k=false gone.yaml', { files })).error).toContain('reading gone.yaml');
});

test('the settings of the mesh come from a file, or from the ConfigMap of the mesh', async () => {
  const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db }
spec: { hosts: [db.example.com], resolution: DNS, ports: [{ number: 5432, name: tcp, protocol: TCP }] }
`;
  const settings =
    'defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true", ISTIO_META_DNS_AUTO_ALLOCATE: "true" } }';
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { mesh: settings },
  };
  const files = {
    'entry.yaml': entry,
    'mesh.yaml': settings,
    'bad.yaml': 'ingressControllerMode: SOMETIMES',
  };
  expect((await istioctl('analyze -k=false entry.yaml', { files })).out).toContain('IST0134');
  expect(
    (await istioctl('analyze -k=false entry.yaml --meshConfigFile mesh.yaml', { files })).out,
  ).not.toContain('IST0134');
  expect(
    (await istioctl('analyze entry.yaml', { files, mesh: new FakeMesh({ objects: [configMap] }) })).out,
  ).not.toContain('IST0134');
  expect(
    (await istioctl('analyze -k=false entry.yaml --meshConfigFile bad.yaml', { files })).error,
  ).toContain('the settings of the mesh in bad.yaml cannot be used: ingressControllerMode');
});

test('manifests count on the ingress gateway of an installation, unless the mesh takes no traffic in', async () => {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec: { containers: [{ name: web }, { name: istio-proxy }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: default }
spec:
  selector: { istio: ingressgateway }
  servers: [{ hosts: [web.example.com], port: { number: 80, name: http, protocol: HTTP } }]
`;
  const files = { 'web.yaml': text, 'mesh.yaml': 'ingressControllerMode: "OFF"' };
  const { out } = await istioctl('analyze -k=false web.yaml', { files });
  expect(out).not.toContain('Gateway web.default');
  const closed = await istioctl('analyze -k=false web.yaml --meshConfigFile mesh.yaml', { files });
  expect(closed.out).toContain(
    '(Gateway web.default web.yaml:15:3) Referenced selector not found: "istio=ingressgateway"',
  );
});

test('the networks of the mesh come from its ConfigMap', async () => {
  const networks = 'networks: { east: { endpoints: [{ fromRegistry: nowhere }], gateways: [] } }';
  const configMap = (meshNetworks: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { meshNetworks },
  });
  const run = (meshNetworks: string) =>
    istioctl('analyze -A', { mesh: new FakeMesh({ objects: [configMap(meshNetworks)] }) });
  expect((await run(networks)).out).toContain(
    '(MeshNetworks meshnetworks.istio-system) Network east names the unknown',
  );
  expect((await run('networks: 7')).error).toContain(
    'the networks of the mesh in ConfigMap istio cannot be used',
  );
});

test('a warning of the single object is not repeated under a second code', async () => {
  const rule = '{ route: [{ destination: { host: web } }] }';
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec: { hosts: [web], http: [${rule}, ${rule}] }
`;
  const { out } = await istioctl('analyze -k=false web.yaml', { files: { 'web.yaml': text } });
  expect(out).toContain('IST0130');
  expect(out).not.toContain('IST0133');
});

test('colours are for terminals, and can be switched off there', async () => {
  const files = { 'catalog.yaml': virtualService };
  const red = '\u001b[1;31mError\u001b[0m [IST0101]';
  const run = (rest: string, colors: boolean) =>
    istioctl(`analyze -k=false catalog.yaml${rest}`, { files, colors });
  expect((await run('', true)).out).toContain(red);
  expect((await run(' --color=false', true)).out).not.toContain('\u001b');
  expect((await run('', false)).out).not.toContain('\u001b');
});

test('the analyzers are listed, and those that were left out on request', async () => {
  const { out } = await istioctl('analyze --list-analyzers');
  expect(out).toMatch(/^\* annotations\.K8sAnalyzer:\n {4}\S/);
  expect(out).toContain('* virtualservice.DestinationHostAnalyzer:\n');
  expect(out).toContain('* schema.ValidationAnalyzer.Gateway:\n');
  const files = { 'rule.yaml': destinationRule };
  const verbose = await istioctl('analyze -k=false -v rule.yaml', { files });
  expect(verbose.error).toContain('Left out gateway.SecretAnalyzer: the files have no Pod or no Secret');
});

test('the documentation shows what is printed', async () => {
  const page = readFileSync(new URL('../../../../../docs/analysis.md', import.meta.url), 'utf8');
  const block = (form: string) => new RegExp(`\`\`\`${form}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const [command = '', ...shown] = block('console').split('\n');
  expect(command).toBe('$ istioctl analyze --use-kube=false shop.yaml');
  const { out, error } = await istioctl(command.replace('$ istioctl ', ''), {
    files: { 'shop.yaml': block('yaml') },
  });
  expect(`${out}${error}`).toBe(shown.join('\n'));
});
