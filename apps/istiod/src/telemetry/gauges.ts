import type { Clock, Metrics } from '@istio-ts/foundation';
import { istioApiLevel, ownVersion } from '../version.js';

const everyMs = 1000;

/** What this program is, and for how long it runs. */
export function trackBuild(metrics: Metrics, clock: Clock, signal: AbortSignal): void {
  const startMs = clock.nowMs();
  metrics.set('istio_build', 1, { component: 'pilot', tag: istioApiLevel });
  metrics.set('pilot_info', 1, { version: ownVersion });
  repeat(() => metrics.set('istiod_uptime_seconds', (clock.nowMs() - startMs) / 1000), signal);
}

/** Connected proxies by the version that they report; a version whose last proxy went stays at 0. */
export function trackProxies(
  metrics: Metrics,
  streams: () => readonly { readonly node: { readonly istioVersion: string } }[],
  signal: AbortSignal,
): void {
  const seen = new Set<string>();
  repeat(() => {
    const counts = new Map([...seen].map((version) => [version, 0]));
    for (const { node } of streams()) counts.set(node.istioVersion, (counts.get(node.istioVersion) ?? 0) + 1);
    for (const [version, count] of counts) {
      seen.add(version);
      metrics.set('pilot_xds', count, { version });
    }
  }, signal);
}

function repeat(act: () => void, signal: AbortSignal): void {
  act();
  const timer = setInterval(act, everyMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}
