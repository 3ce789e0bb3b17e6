import type { Issue } from '@istio-ts/foundation';
import { shortTypeName } from '@istio-ts/xds-protocol';
import type { AdsStream } from '../ads/ads-stream.js';

interface Rejected {
  readonly issue: Omit<Issue, 'message'>;
  readonly what: string;
  readonly names: string[];
}

/** Resources that connected proxies reject and do not have a newer version of, as issues on the objects behind them. */
export function rejectionIssues(streams: readonly AdsStream[]): readonly Issue[] {
  const proxies = new Map<string, Rejected>();
  for (const stream of streams) {
    for (const { type } of stream.session.types()) {
      for (const { name, version, origins } of stream.session.find(type.typeUrl)?.rejected() ?? []) {
        const key = `${type.typeUrl} ${name} ${version}`;
        const [origin] = origins;
        const resource = origin === undefined ? undefined : parseOrigin(origin);
        const issue = { code: 'PROXY_REJECTED', severity: 'error' as const, ...(resource && { resource }) };
        const known: Rejected = proxies.get(key) ?? {
          issue,
          what: `${shortTypeName(type.typeUrl)} resource ${name}`,
          names: [],
        };
        known.names.push(stream.name);
        proxies.set(key, known);
      }
    }
  }
  return [...proxies.values()].map(({ issue, what, names }) => ({
    ...issue,
    message: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} rejected the ${what}, and keep the last good one; the log has Envoy's words`,
  }));
}

/** `VirtualService/default/reviews` */
function parseOrigin(origin: string): Issue['resource'] {
  const [kind = '', namespace = '', ...name] = origin.split('/');
  return { kind, namespace, name: name.join('/') };
}
