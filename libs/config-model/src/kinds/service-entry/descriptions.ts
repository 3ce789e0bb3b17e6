import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { serviceEntryPort, serviceEntrySpec } from './spec.js';

export const serviceEntryDescriptions: readonly MessageTexts[] = [
  describeMessage(serviceEntrySpec, 'Adds a service to the mesh that no platform knows.', {
    hosts: 'Names of the service.',
    addresses: 'Virtual addresses of the service, or networks.',
    ports: 'Ports of the service.',
    location: 'Whether its workloads are part of the mesh.',
    resolution: 'How the addresses behind it are found.',
    endpoints: 'Its endpoints.',
    workloadSelector: 'Workloads that are its endpoints, instead of a list.',
    exportTo: 'Namespaces from which it is seen: names, ".", "*" (the default), or "~" for none.',
    subjectAltNames: 'Names of which the server’s certificate must have one.',
  }),
  describeMessage(serviceEntryPort, 'A port of the service.', {
    number: 'Its number.',
    protocol: 'HTTP, HTTPS, HTTP2, GRPC, TCP, TLS or MONGO.',
    name: 'Its name.',
    targetPort: 'Port of the endpoints; the same where absent.',
  }),
];
