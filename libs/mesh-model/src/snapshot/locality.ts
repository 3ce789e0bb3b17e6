import type { Labels } from '@istio-ts/config-model';
import type { LocalityIr } from '@istio-ts/mesh-ir';
import { intern } from '../derive/index.js';

export const noLocality: LocalityIr = intern({ region: '', zone: '', subzone: '' });

/** Reads `region/zone/subzone`, of which the tail may be absent. */
export function parseLocality(text: string): LocalityIr {
  const [region = '', zone = '', subzone = ''] = text.split('/');
  return { region, zone, subzone };
}

/** Where a node says it stands. */
export function topologyLocality(labels: Labels): LocalityIr {
  return {
    region:
      labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '',
    zone: labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '',
    subzone: labels['topology.istio.io/subzone'] ?? '',
  };
}
