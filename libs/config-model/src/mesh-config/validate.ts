import type { Place } from '../place.js';
import { checkTrustDomain, checkWildcardDomain } from '../checks/check-host.js';
import { checkDuration, checkDurationOrZero, checkPort } from '../checks/check-number.js';
import { checkUnique } from '../checks/check-names.js';
import {
  validateConnectionPool,
  validateOutlierDetection,
} from '../kinds/destination-rule/validate-traffic-policy.js';
import { validateLoadBalancer } from '../kinds/destination-rule/validate-load-balancer.js';
import { validateLocalityLb } from '../kinds/destination-rule/validate-locality.js';
import { validateRetries } from '../kinds/virtual-service/validate-retries.js';
import { parseDurationMs } from '../naming/duration.js';
import { validateProxySettings } from '../proxy-config/validate.js';
import type { MeshConfig } from './defaults.js';
import { extensionProviderFault } from './validate-extension-provider.js';

const longestConnectTimeoutMs = 3_600_000;

/** Checks mesh settings as a whole, defaults laid under. */
export function validateMeshConfig(config: MeshConfig, place: Place): void {
  checkPort(config.proxyListenPort, place.at('proxyListenPort'));
  checkPort(config.proxyInboundListenPort, place.at('proxyInboundListenPort'));
  validateConnectTimeout(config.connectTimeout, place.at('connectTimeout'));
  checkDurationOrZero(config.protocolDetectionTimeout, place.at('protocolDetectionTimeout'));
  checkTrustDomain(config.trustDomain, place.at('trustDomain'));
  for (const [index, alias] of (config.trustDomainAliases ?? []).entries())
    checkTrustDomain(alias, place.at('trustDomainAliases', index));
  validateProxySettings(config.defaultConfig, place.at('defaultConfig'));
  validateLocalityLb(config.localityLbSetting, true, place.at('localityLbSetting'));
  validateDefaults(config, place);
  validateTlsDefaults(config, place);
  for (const [index, { hosts = [] }] of (config.serviceSettings ?? []).entries()) {
    for (const [position, host] of hosts.entries())
      checkWildcardDomain(host, place.at('serviceSettings', index, 'hosts', position));
  }
  validateProviders(config.extensionProviders, place.at('extensionProviders'));
}

/** Providers may be there that nothing uses: what is wrong with them is told, and refuses nothing. */
function validateProviders(providers: MeshConfig['extensionProviders'], place: Place): void {
  for (const [index, provider] of providers.entries()) {
    const fault = extensionProviderFault(provider);
    if (fault !== undefined) place.at(index).warning(`${fault}; the provider is not usable`);
  }
  checkUnique(
    providers,
    ({ name }) => name,
    (index, name) => {
      place.at(index, 'name').warning(`the provider ${JSON.stringify(name)} stands here twice`);
    },
  );
}

function validateConnectTimeout(timeout: string, place: Place): void {
  checkDuration(timeout, place);
  if ((parseDurationMs(timeout) ?? 0) > longestConnectTimeoutMs) place.error('must be 1h at most');
}

function validateDefaults(config: MeshConfig, place: Place): void {
  const { connectionPool, outlierDetection, loadBalancer } = config.defaultTrafficPolicy ?? {};
  const policy = place.at('defaultTrafficPolicy');
  if (connectionPool) validateConnectionPool(connectionPool, policy.at('connectionPool'));
  if (outlierDetection) validateOutlierDetection(outlierDetection, policy.at('outlierDetection'));
  if (loadBalancer)
    validateLoadBalancer(loadBalancer, outlierDetection !== undefined, policy.at('loadBalancer'));
  if (config.defaultHttpRetryPolicy)
    validateRetries(config.defaultHttpRetryPolicy, place.at('defaultHttpRetryPolicy'));
  const inbound = config.defaultInboundHttpRetryPolicy;
  if (inbound === undefined) return;
  const at = place.at('defaultInboundHttpRetryPolicy');
  validateRetries(inbound, at);
  if ((inbound.attempts ?? 0) === 0 && inbound.backoff !== undefined)
    at.at('backoff').error('contradicts attempts, which are 0');
  for (const field of ['perTryTimeout', 'retryIgnorePreviousHosts', 'retryRemoteLocalities'] as const) {
    if (inbound[field] !== undefined)
      at.at(field).warning('has no meaning for inbound traffic, which has one endpoint');
  }
}

const curves = ['P-224', 'P-256', 'P-384', 'P-521', 'X25519', 'X25519MLKEM768'];

function validateTlsDefaults({ meshMTLS, tlsDefaults }: MeshConfig, place: Place): void {
  if (meshMTLS?.ecdhCurves) place.at('meshMTLS', 'ecdhCurves').error('cannot be chosen for mesh TLS');
  const chosen = tlsDefaults?.ecdhCurves ?? [];
  const at = place.at('tlsDefaults', 'ecdhCurves');
  for (const [index, curve] of chosen.entries()) {
    if (!curves.includes(curve))
      at.at(index).warning(`${JSON.stringify(curve)} is not one of ${curves.join(', ')}`);
  }
  checkUnique(
    chosen,
    (curve) => curve,
    (index, curve) => {
      at.at(index).warning(`${curve} stands here twice`);
    },
  );
}
