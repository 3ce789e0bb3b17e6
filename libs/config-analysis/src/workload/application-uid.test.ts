import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { pod } from '../testing/manifests.js';
import { applicationUidAnalyzer } from './application-uid.js';

test('an application does not run as the user of the proxy; the proxy does', () => {
  const asProxy = 'securityContext: { runAsUser: 1337 }';
  const analyze = (spec: string) => analyzeText(applicationUidAnalyzer, pod({ name: 'web' }, '{}', spec));
  expect(analyze(`{ ${asProxy} }`)).toEqual(['IST0144 Pod/default/web spec.securityContext.runAsUser']);
  expect(analyze(`{ containers: [{ name: app, ${asProxy} }, { name: other, ${asProxy} }] }`)).toEqual([
    'IST0144 Pod/default/web spec.containers[0].securityContext.runAsUser',
  ]);
  expect(analyze(`{ containers: [{ name: istio-proxy, ${asProxy} }] }`)).toEqual([]);
  expect(analyze(`{ containers: [{ name: istio-operator, ${asProxy} }] }`)).toEqual([]);
  const ofIstio = pod({ name: 'istiod' }, '{ istio: pilot }', `{ ${asProxy} }`);
  expect(analyzeText(applicationUidAnalyzer, ofIstio)).toEqual([]);
});

test('the template of a Deployment is judged like a pod', () => {
  const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { securityContext: { runAsUser: 1337 } } } }`;
  expect(analyzeText(applicationUidAnalyzer, deployment)).toEqual([
    'IST0144 Deployment/default/web spec.template.spec.securityContext.runAsUser',
  ]);
});
