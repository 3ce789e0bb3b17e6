import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { istioOperatorSpec, operatorComponent, operatorGateway } from './spec.js';

const component = {
  enabled: 'Whether it is installed.',
  namespace: 'Namespace that it is installed in.',
  hub: 'Registry of its image.',
  tag: 'Version of its image.',
  k8s: 'Settings of its Kubernetes objects.',
} as const;

export const istioOperatorDescriptions: readonly MessageTexts[] = [
  describeMessage(istioOperatorSpec, 'What an installation is made of.', {
    profile: 'Profile that it begins with.',
    installPackagePath: 'Where charts and profiles are.',
    hub: 'Registry of all images.',
    tag: 'Version of all images.',
    namespace: 'Namespace of the control plane.',
    revision: 'Name of this control plane among several.',
    compatibilityVersion: 'Version whose defaults are wanted.',
    meshConfig: 'Settings of the mesh.',
    components: [
      'Parts of the installation.',
      {
        base: 'Kinds and roles of the cluster.',
        pilot: 'The control plane.',
        cni: 'Capture of traffic by the node.',
        ztunnel: 'The node’s proxy of ambient mode.',
        istiodRemote: 'What a remote cluster needs.',
        ingressGateways: 'Gateways into the mesh.',
        egressGateways: 'Gateways out of the mesh.',
      },
    ],
    addonComponents: 'Further parts, by name.',
    values: 'Values of the charts.',
    unvalidatedValues: 'Values of the charts that are not checked.',
  }),
  describeMessage(operatorComponent, 'A part of the installation.', component),
  describeMessage(operatorGateway, 'A gateway.', {
    ...component,
    name: 'Its name.',
    label: 'Labels of its pods.',
  }),
];
