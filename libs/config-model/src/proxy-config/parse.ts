import { ok, type Result } from '@istio-ts/foundation';
import { parseSettings } from '../mesh-config/parse-settings.js';
import { proxySettings, type ProxySettings } from './spec.js';

/** The pod annotation that holds proxy settings of one workload. */
export const proxyConfigAnnotation = 'proxy.istio.io/config';

/** Reads proxy settings in YAML or JSON: the annotation `proxy.istio.io/config`, or the environment's `PROXY_CONFIG`. */
export function parseProxySettings(text: string, file = 'proxy configuration'): Result<ProxySettings> {
  const parsed = parseSettings(proxySettings, { text, file });
  return parsed.ok ? ok(parsed.value.value, parsed.issues) : parsed;
}
