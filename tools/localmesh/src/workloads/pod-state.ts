import type { Build } from '../deploy/component.js';
import type { ContainerPort } from './pod-template.js';

export type PodPhase = 'Pending' | 'Running' | 'Failed' | 'Terminating';

export interface ContainerState {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** Why it does not run, in a word or two: `CrashLoopBackOff`, `Completed`. */
  readonly waiting?: string;
}

/** What is known of a running pod: everything that services, DNS, the Pod object and the tables need. */
export interface PodState {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly owner: { readonly kind: 'Deployment' | 'Pod'; readonly name: string };
  readonly revision: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly address: string;
  readonly phase: PodPhase;
  readonly ready: boolean;
  readonly injected: boolean;
  readonly ports: readonly ContainerPort[];
  readonly containers: readonly ContainerState[];
  readonly startTime: string;
  /** The component of the mesh that it runs. */
  readonly build?: Build;
  /** How far it has come before its containers start: `Init:0/2`. */
  readonly progress?: string;
  /** What keeps the pod from running, in a sentence. */
  readonly message?: string;
}
