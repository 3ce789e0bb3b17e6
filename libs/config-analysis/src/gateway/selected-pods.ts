import { renderLabels, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { finding, type Finding } from '../finding.js';

export type Gateway = ObjectOf<'Gateway'>;

export function selectorOf({ spec }: Gateway): Labels {
  return spec.selector ?? {};
}

export function noSuchWorkload(gateway: Gateway): Finding {
  const args = { reftype: 'selector', refval: renderLabels(selectorOf(gateway)) };
  return finding('ReferencedResourceNotFound', gateway, args, ['spec', 'selector']);
}
