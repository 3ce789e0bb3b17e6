import type { Static } from '@sinclair/typebox';
import { anyObject, flag, list, map, message, text, textMap } from '../../schema/builders.js';

const components = {
  enabled: flag,
  namespace: text,
  hub: text,
  tag: text,
  k8s: anyObject,
};

export type OperatorComponent = Static<typeof operatorComponent>;
export const operatorComponent = message(components);

export type OperatorGateway = Static<typeof operatorGateway>;
export const operatorGateway = message({ ...components, name: text, label: textMap });

/** install.istio.io IstioOperator, as written: what an installation is made of. Values and overlays are any objects. */
export type IstioOperatorSpec = Static<typeof istioOperatorSpec>;
export const istioOperatorSpec = message({
  profile: text,
  installPackagePath: text,
  hub: text,
  tag: text,
  namespace: text,
  revision: text,
  compatibilityVersion: text,
  meshConfig: anyObject,
  components: message({
    base: operatorComponent,
    pilot: operatorComponent,
    cni: operatorComponent,
    ztunnel: operatorComponent,
    istiodRemote: operatorComponent,
    ingressGateways: list(operatorGateway),
    egressGateways: list(operatorGateway),
  }),
  addonComponents: map(operatorComponent),
  values: anyObject,
  unvalidatedValues: anyObject,
});
