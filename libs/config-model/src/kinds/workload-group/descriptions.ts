import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { readinessProbe, workloadGroupSpec } from './spec.js';

const port = 'Port to ask at.';

export const workloadGroupDescriptions: readonly MessageTexts[] = [
  describeMessage(
    workloadGroupSpec,
    'What machines that join the mesh have in common, as a Deployment says of pods.',
    {
      metadata: [
        'Labels and annotations of the entries.',
        { labels: 'Labels.', annotations: 'Annotations.' },
      ],
      template: 'The entry that a machine gets when it joins.',
      probe: 'How the machine’s agent finds out whether the application is ready.',
    },
  ),
  describeMessage(readinessProbe, 'How readiness is found out; one of httpGet, tcpSocket, exec and grpc.', {
    initialDelaySeconds: 'Seconds before the first probe.',
    timeoutSeconds: 'Seconds that an answer may take.',
    periodSeconds: 'Seconds between probes.',
    successThreshold: 'Successes in a row to count as ready.',
    failureThreshold: 'Failures in a row to count as not ready.',
    httpGet: [
      'By an HTTP request.',
      {
        path: 'Path to ask for.',
        port,
        host: 'Host to ask; the machine itself where absent.',
        scheme: 'HTTP or HTTPS.',
        httpHeaders: ['Headers of the request.', { name: 'Name.', value: 'Value.' }],
      },
    ],
    tcpSocket: ['By connecting.', { host: 'Host to connect to.', port }],
    exec: ['By a command, which succeeds with status 0.', { command: 'The command and its arguments.' }],
    grpc: ['By gRPC’s health service.', { port, service: 'Service to ask about.' }],
  }),
];
