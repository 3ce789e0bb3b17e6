import type { ValidationOptions } from '../../validation-options.js';

/** What the rules of one VirtualService have in common. */
export interface RouteScope extends ValidationOptions {
  readonly hosts: readonly string[];
  /** Without hosts: a part that another VirtualService includes. */
  readonly delegate: boolean;
  /** Whether gateways alone carry the rules, and no sidecar. */
  readonly atGateway: boolean;
}
