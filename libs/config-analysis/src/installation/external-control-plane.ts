import { isIpAddress } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { Webhook } from '../cluster-objects.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';

type Configuration = ObjectOf<'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration'>;

/** Names of Istio's own configurations, or how they begin. */
const ownNames = {
  MutatingWebhookConfiguration: /^istio-sidecar-injector/u,
  ValidatingWebhookConfiguration: /^(?:istiod-default-validator$|istio-validator)/u,
} as const;

/** Whether a name can be resolved only the place where the webhook is called from knows; it is not asked here. */
export const externalControlPlaneAnalyzer = defineAnalyzer({
  name: 'externalcontrolplane.ExternalControlPlaneAnalyzer',
  summary: 'webhooks of an external control plane have a usable address',
  each: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  analyze: (configuration) => {
    if (!ownNames[configuration.kind].test(configuration.metadata.name)) return [];
    return (configuration.spec.webhooks ?? []).flatMap((webhook, index) =>
      judge(configuration, webhook, index),
    );
  },
});

function judge(configuration: Configuration, webhook: Webhook, index: number): readonly Finding[] {
  const path = ['webhooks', index, 'clientConfig', 'url'];
  const { url, service } = webhook.clientConfig ?? {};
  const invalid = (msg: string): Finding =>
    finding(
      'InvalidExternalControlPlaneConfig',
      configuration,
      { hostname: url ?? '', webhook: webhook.name, msg },
      path,
    );
  if (url === undefined || url === null) {
    return service === undefined || service === null ? [invalid('is blank')] : [];
  }
  const host = hostOf(url);
  if (host === undefined) return [invalid('is no URL with a host')];
  if (!isIpAddress(host)) return [];
  const args = { hostname: url, webhook: webhook.name };
  return [finding('ExternalControlPlaneAddressIsNotAHostname', configuration, args, path)];
}

function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.replace(/^\[|\]$/gu, '');
  return host === '' ? undefined : host;
}
