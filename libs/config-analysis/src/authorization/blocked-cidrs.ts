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
    const args = { count: names.length, names: listed(names) };
    return [finding('JwksUriFetchUnrestricted', deployment, args)];
  },
});

/** So many names that a message stays readable. */
const most = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : `${shown}, and ${names.length - most} more`;
}

function isRestricted({ spec }: ObjectOf<'Deployment'>): boolean {
  const containers = spec.template?.spec?.containers ?? [];
  const environment = containers.flatMap(({ env = [] }) => env);
  return environment.some(({ name, value = '' }) => name === variable && value !== '');
}
