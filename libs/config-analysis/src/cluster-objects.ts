import type { LabelSelector } from '@istio-ts/config-model';

/** apiextensions.k8s.io CustomResourceDefinition, as far as analysis reads it. */
export interface CustomResourceDefinitionSpec {
  readonly group?: string;
  readonly names?: { readonly kind?: string; readonly plural?: string };
  readonly versions?: readonly { readonly name: string; readonly served: boolean }[];
}

export interface Webhook {
  readonly name: string;
  readonly clientConfig?: {
    readonly url?: string | null;
    readonly service?: { readonly namespace?: string; readonly name?: string } | null;
  };
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}

/** admissionregistration.k8s.io: what stands beside `metadata` of a Mutating- or ValidatingWebhookConfiguration. */
export interface WebhookConfigurationSpec {
  readonly webhooks?: readonly Webhook[];
}
