import type { Mode } from '../platform/mode.js';

/** What the supervisor is told by the process that starts it, as JSON. */
export interface SupervisorOptions {
  readonly mode: Mode;
  readonly repository: string;
  readonly data: string;
  /** The user's folder of manifests. */
  readonly manifests: string;
  readonly node: string;
  readonly envoy?: string;
  readonly imageMap?: string;
  readonly tokenLifetimeSeconds: number;
  /** How many control planes share the proxies. */
  readonly istiods: number;
  readonly serviceRules: 'nft' | 'iptables';
  readonly captureRules: 'nft' | 'iptables';
  /** Without a control plane, pods run as plain applications whatever their labels say. */
  readonly plain: boolean;
}
