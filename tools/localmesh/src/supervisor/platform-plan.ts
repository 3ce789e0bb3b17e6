import type { NetworkPlan } from '../network/network-plan.js';
import { Mode } from '../platform/mode.js';

/** What follows from the mode alone. */
export interface PlatformPlan {
  readonly network: NetworkPlan;
  /** Pods are namespaces; otherwise loopback addresses. */
  readonly namespaces: boolean;
  /** Files and processes may belong to other user ids than the supervisor's. */
  readonly manyIds: boolean;
  readonly socketMark: number | undefined;
  /** Where agents find the control plane, and the name in its certificate where that is not the address. */
  readonly discovery: { readonly address: string; readonly serverName?: string };
  /** The address that the control plane's pod gets, where it has to be known before. */
  readonly controlPlaneAddress?: string;
}

export const socketMark = 1337;

const namespaceNetwork: NetworkPlan = {
  bridge: 'mesh0',
  gateway: '10.244.0.1',
  podRange: '10.244.0.0/16',
  serviceRange: '10.96.0.0/16',
};

/** Loopback addresses are the machine's, whole of 127/8: the range keeps away from what others use. */
const loopbackNetwork: NetworkPlan = {
  bridge: 'lo',
  gateway: '127.0.0.1',
  podRange: '127.44.0.0/16',
  serviceRange: '10.96.0.0/16',
};

const istiodHost = 'istiod.istio-system.svc';
/** Without DNS and service addresses, agents are told the address itself. */
const loopbackControlPlane = '127.44.0.1';

export function platformPlan(mode: Mode): PlatformPlan {
  const namespaces = mode !== Mode.Loopback;
  return {
    network: namespaces ? namespaceNetwork : loopbackNetwork,
    namespaces,
    manyIds: mode === Mode.Root || mode === Mode.Rootless,
    socketMark: mode === Mode.RootlessOneId ? socketMark : undefined,
    ...(namespaces
      ? { discovery: { address: `${istiodHost}:15012` } }
      : {
          discovery: { address: `${loopbackControlPlane}:15012`, serverName: istiodHost },
          controlPlaneAddress: loopbackControlPlane,
        }),
  };
}
