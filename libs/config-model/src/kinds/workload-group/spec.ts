import type { Static } from '@sinclair/typebox';
import { int32Of, list, map, message, text, textOf, type Rule } from '../../schema/builders.js';
import { portNumber } from '../port-number.js';
import { endpointLabels, workloadTemplate } from '../workload-entry/spec.js';

const scheme: Rule = { rule: "self in ['', 'HTTP', 'HTTPS']", message: 'the scheme is HTTP or HTTPS' };

const count = int32Of({ minimum: 0 });

export type ReadinessProbe = Static<typeof readinessProbe>;
/** How the agent on a virtual machine finds out whether the application there is ready. */
export const readinessProbe = message(
  {
    initialDelaySeconds: count,
    timeoutSeconds: count,
    periodSeconds: count,
    successThreshold: count,
    failureThreshold: count,
    httpGet: message(
      {
        path: text,
        port: portNumber,
        host: text,
        scheme: textOf({ rules: [scheme] }),
        httpHeaders: list(message({ name: textOf({ pattern: '^[-_A-Za-z0-9]+$' }), value: text })),
      },
      ['port'],
    ),
    tcpSocket: message({ host: text, port: portNumber }, ['port']),
    exec: message({ command: list(textOf({ minLength: 1 })) }, ['command']),
    grpc: message({ port: portNumber, service: text }),
  },
  [],
  { oneof: [['httpGet', 'tcpSocket', 'exec', 'grpc']] },
);

/** networking.istio.io WorkloadGroup, as written. */
export type WorkloadGroupSpec = Static<typeof workloadGroupSpec>;
export const workloadGroupSpec = message(
  {
    metadata: message({ labels: endpointLabels, annotations: map(text, { maxProperties: 256 }) }),
    template: workloadTemplate,
    probe: readinessProbe,
  },
  ['template'],
);
