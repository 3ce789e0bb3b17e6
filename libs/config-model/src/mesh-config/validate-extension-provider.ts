import { isNamespaceName } from '../checks/check-export-to.js';
import { domainFault, isPartialWildcard, wildcardDomainFault } from '../checks/check-host.js';
import { isIpAddress } from '../naming/ip-address.js';
import type { ExtensionProvider } from './extension-provider.js';

/** Whether a provider's `service` can be looked up: a host, an address, or `namespace/host`. */
export function isProviderService(service: string): boolean {
  if (isIpAddress(service)) return true;
  const [first = '', second, ...rest] = service.split('/');
  if (second === undefined) return domainFault(first) === undefined;
  const scoped = ['*', '.', '~'].includes(first) || isNamespaceName(first);
  const whole = second.includes('.') && !isPartialWildcard(second);
  return rest.length === 0 && scoped && whole && wildcardDomainFault(second) === undefined;
}

/** Why an entry of `extensionProviders` cannot be used, or undefined where it can. */
export function extensionProviderFault({ name, ...providers }: ExtensionProvider): string | undefined {
  if (!name) return 'an extension provider needs a name';
  const [provider, ...others] = Object.values(providers);
  if (provider === undefined || others.length > 0) return 'an extension provider needs exactly one provider';
  const { opentelemetry } = providers;
  if (opentelemetry?.http && opentelemetry.grpc) return 'only one of http and grpc may be set';
  const fault = 'service' in provider || needsService(providers) ? addressFault(provider) : undefined;
  return fault ?? authorizerFault(providers);
}

/** What an external authorizer is asked by, and what is answered when it does not. */
function authorizerFault({
  envoyExtAuthzHttp: http,
  envoyExtAuthzGrpc: grpc,
}: Providers): string | undefined {
  const prefix = http?.pathPrefix ?? '';
  if (prefix !== '' && !prefix.startsWith('/'))
    return `pathPrefix ${JSON.stringify(prefix)} must begin with "/"`;
  const status = (http ?? grpc)?.statusOnError ?? '';
  if (status === '' || /^[2-5]\d\d$/u.test(status)) return undefined;
  return `statusOnError ${JSON.stringify(status)} is no HTTP status; write its number, such as "403"`;
}

const serviceless = ['stackdriver', 'prometheus', 'envoyFileAccessLog', 'sds'];

type Providers = Omit<ExtensionProvider, 'name'>;

function needsService(providers: Providers): boolean {
  return !Object.keys(providers).some((kind) => serviceless.includes(kind));
}

function addressFault(provider: object): string | undefined {
  const { service = '', port = 0 }: { readonly service?: string; readonly port?: number } = provider;
  if (!isProviderService(service)) {
    return `${JSON.stringify(service)} is not a service; write "host" or "namespace/host"`;
  }
  return port >= 1 && port <= 65_535 ? undefined : 'the port must be between 1 and 65535';
}
