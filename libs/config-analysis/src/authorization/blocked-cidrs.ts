import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

const variable = 'BLOCKED_CIDRS_IN_JWKS_URIS';

export const blockedCidrsAnalyzer = defineAnalyzer({
  name: 'authn.BlockedCIDRsAnalyzer',
  summary: 'istiod is told which networks it must not fetch keys from',
  each: ['Deployment'],
  reads: ['RequestAuthentication'],
  analyze: (deployment, world) => {
    if (deployment.metadata.labels['app'] !== 'istiod' || isRestricted(deployment)) return [];
    const names = world.all('RequestAuthentication').map(fullName);
    if (names.length === 0) return [];
    const args = { count: names.length, names: names.join(', ') };
    return [finding('JwksUriFetchUnrestricted', deployment, args)];
  },
});

function isRestricted({ spec }: ObjectOf<'Deployment'>): boolean {
  const containers = spec.template?.spec?.containers ?? [];
  const environment = containers.flatMap(({ env = [] }) => env);
  return environment.some(
    ({ name, value = '', valueFrom }) => name === variable && (value !== '' || valueFrom !== undefined),
  );
}
