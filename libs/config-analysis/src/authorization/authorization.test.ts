import { expect, test } from 'vitest';
import { analyzeText, findIssues } from '../testing/analyze-text.js';
import { istio, join, namespace, pod } from '../testing/manifests.js';
import { authorizationPoliciesAnalyzer } from './authorization-policies.js';
import { blockedCidrsAnalyzer } from './blocked-cidrs.js';

const policy = (spec: string, own = 'shop') =>
  istio('AuthorizationPolicy', { name: 'policy', namespace: own }, spec);
const shop = namespace('shop', '{ istio-injection: enabled }');
const web = pod({ name: 'web-1', namespace: 'shop' }, '{ app: web }');

test('a policy needs a workload of the mesh to apply to, in the whole mesh if it is for all of it', () => {
  const analyze = (...texts: readonly string[]) => analyzeText(authorizationPoliciesAnalyzer, join(...texts));
  const selecting = (app: string) => `{ selector: { matchLabels: { app: ${app} } } }`;
  const nothing = 'IST0127 AuthorizationPolicy/shop/policy';
  expect(analyze(policy('{}'), shop, web)).toEqual([]);
  expect(analyze(policy('{}'), shop)).toEqual([nothing]);
  expect(analyze(policy('{}'), namespace('shop'), web)).toEqual([nothing]);
  const proxied = '{ hostNetwork: true, containers: [{ name: istio-proxy }] }';
  expect(
    analyze(policy('{}'), namespace('shop'), pod({ name: 'edge', namespace: 'shop' }, '{}', proxied)),
  ).toEqual([]);
  expect(analyze(policy(selecting('web')), shop, web)).toEqual([]);
  expect(analyze(policy(selecting('db')), shop, web)).toEqual([`${nothing} spec.selector.matchLabels`]);
  expect(analyze(policy('{}', 'istio-system'))).toEqual([]);
  expect(analyze(policy(selecting('web'), 'istio-system'), shop, web)).toEqual([]);
  expect(analyze(policy(selecting('db'), 'istio-system'), shop, web)).toHaveLength(1);
  expect(analyze(policy('{ targetRefs: [{ kind: Service, name: web }] }'), shop)).toEqual([]);
});

test('namespaces of a rule have to exist; a star stands for a beginning or an end', () => {
  const source = 'namespaces: [shop, "sh*", "*op", "*", gone, "gone-*"], notNamespaces: ["*-gone"]';
  const text = join(policy(`{ rules: [{ from: [{ source: { ${source} } }] }] }`), shop, web);
  const place = 'IST0101 AuthorizationPolicy/shop/policy spec.rules[0].from[0].source';
  expect(analyzeText(authorizationPoliciesAnalyzer, text)).toEqual([
    `${place}.notNamespaces[0]`,
    `${place}.namespaces[4]`,
    `${place}.namespaces[5]`,
  ]);
});

test('istiod has to be told which networks to keep out of, once somebody asks it to fetch keys', () => {
  const istiod = (env: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, env: [${env}] }] } } }`;
  const authentication = istio('RequestAuthentication', { name: 'jwt' }, '{}');
  const analyze = (...texts: readonly string[]) => analyzeText(blockedCidrsAnalyzer, join(...texts));
  expect(analyze(istiod(''), authentication)).toEqual(['IST0175 Deployment/istio-system/istiod']);
  expect(analyze(istiod(''))).toEqual([]);
  const set = '{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: 10.0.0.0/8 }';
  expect(analyze(istiod(set), authentication)).toEqual([]);
  expect(analyze(istiod('{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: "" }'), authentication)).toHaveLength(1);
});

test('of many RequestAuthentications some are named', () => {
  const istiod = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: {} } }`;
  const many = [1, 2, 3, 4, 5, 6, 7].map((index) =>
    istio('RequestAuthentication', { name: `j${index}` }, '{}'),
  );
  const [issue] = findIssues(blockedCidrsAnalyzer, join(istiod, ...many));
  const names = 'default/j1, default/j2, default/j3, default/j4, default/j5, and 2 more';
  expect(issue?.args).toEqual({ count: 7, names });
});
