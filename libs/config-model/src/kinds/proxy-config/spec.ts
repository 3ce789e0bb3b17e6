import type { Static } from '@sinclair/typebox';
import { int32Of, map, message, nullable, text, textOf } from '../../schema/builders.js';
import { workloadSelector } from '../workload-selector.js';

/** networking.istio.io ProxyConfig, as written: settings of proxies by workload (the mesh's own are `ProxySettings`). */
export type ProxyConfigSpec = Static<typeof proxyConfigSpec>;
export const proxyConfigSpec = message({
  selector: workloadSelector,
  concurrency: nullable(int32Of({ minimum: 0 })),
  environmentVariables: map(textOf({ maxLength: 2048 })),
  image: message({ imageType: text }),
});
