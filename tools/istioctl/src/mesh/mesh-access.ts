import type { ListeningSocket } from '@istio-ts/config-analysis';

/** What is known of a pod without asking its proxy. */
export interface MeshPod {
  readonly name: string;
  readonly namespace: string;
  /** Name of the Deployment that owns it; absent where none does. */
  readonly deployment?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
}

export interface PodName {
  readonly name: string;
  readonly namespace: string;
}

/** A request to Envoy's admin interface. */
export interface AdminRequest {
  /** POST where the request changes something. */
  readonly method: 'GET' | 'POST';
  /** `config_dump?include_eds` */
  readonly path: string;
}

export interface IstiodAnswer {
  /** Name of the pod. */
  readonly istiod: string;
  readonly text: string;
}

/** The running mesh, whatever it runs on. All methods reject with a MeshError. */
export interface MeshAccess {
  readonly pods: () => Promise<readonly MeshPod[]>;
  /** Every object of the mesh of a kind that is read, as Kubernetes' API gives objects. */
  readonly objects: () => Promise<readonly unknown[]>;
  /** The answer of a pod's proxy, as text. */
  readonly askProxy: (pod: PodName, request: AdminRequest) => Promise<string>;
  /** The TCP sockets of a pod that wait for connections, whoever they belong to. */
  readonly listeningSockets: (pod: PodName) => Promise<readonly ListeningSocket[]>;
  /**
   * The answer of every istiod of a namespace to an HTTP path on its monitoring port, `/debug/syncz`.
   * One that answers with a status other than 2xx rejects.
   */
  readonly askIstiods: (path: string, istioNamespace: string) => Promise<readonly IstiodAnswer[]>;
}

/** `NAME.NAMESPACE`, which is also how istiod names a proxy. */
export function renderPodName({ name, namespace }: PodName): string {
  return `${name}.${namespace}`;
}
