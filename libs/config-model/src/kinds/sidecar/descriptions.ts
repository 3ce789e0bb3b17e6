import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { egressListener, ingressListener, outboundTrafficPolicy, sidecarPort, sidecarSpec } from './spec.js';

const bind = 'Address to listen on, or unix:// with a socket.';
const captureMode = 'Whether traffic is captured, or sent to the listener on purpose.';

export const sidecarDescriptions: readonly MessageTexts[] = [
  describeMessage(sidecarSpec, 'What sidecars listen on, and what they know of the mesh.', {
    workloadSelector: 'Workloads that it is for; all of the namespace where absent.',
    ingress: 'Listeners for what comes to the workload; by its services where absent.',
    egress: 'Listeners for what leaves the workload, and the services that are seen there.',
    inboundConnectionPool: 'Limits for what comes to the workload.',
    outboundTrafficPolicy: 'What is done with traffic to unknown destinations.',
  }),
  describeMessage(sidecarPort, 'A port of a listener.', {
    number: 'Its number.',
    protocol: 'Its protocol.',
    name: 'Its name.',
    targetPort: 'Not carried out by Istio.',
  }),
  describeMessage(egressListener, 'A listener for what leaves the workload.', {
    port: 'Its port; without, it is for everything that no other listener takes.',
    bind,
    captureMode,
    hosts:
      'Services that are seen, as namespace/host; "*", "." and "~" stand for all, the own and no namespace.',
  }),
  describeMessage(ingressListener, 'A listener for what comes to the workload.', {
    port: 'Its port.',
    bind,
    captureMode,
    defaultEndpoint: 'Where the application listens: 127.0.0.1:PORT, 0.0.0.0:PORT or unix:// with a socket.',
    tls: 'How clients from outside the mesh encrypt.',
    connectionPool: 'Limits for this port.',
  }),
  describeMessage(outboundTrafficPolicy, 'What is done with traffic to unknown destinations.', {
    mode: 'Whether it is let through.',
    egressProxy: 'Where it is sent instead of to its destination.',
  }),
];
