import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { workloadEntrySpec } from './spec.js';

export const workloadEntryDescriptions: readonly MessageTexts[] = [
  describeMessage(workloadEntrySpec, 'A workload outside Kubernetes, or an endpoint of a service.', {
    address: 'Its address: IP, host name, or unix:// with a socket.',
    ports: 'Its ports by the names of the service’s ports.',
    labels: 'Its labels.',
    network: 'Network that it is in; endpoints of one network reach each other directly.',
    locality: 'Where it is: region/zone/subzone.',
    weight: 'Its share, in proportion to the weights of the others.',
    serviceAccount: 'Service account under which it runs.',
  }),
];
