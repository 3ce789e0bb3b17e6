import type { ExpectedChange } from '../client/goal.js';
import {
  routesFile,
  serviceCluster,
  serviceFile,
  servicePort,
  unseenFile,
  type ManifestFile,
  type MeshShape,
} from './mesh-manifests.js';

/** One change of the mesh and what every proxy must be sent for it. No changes: nothing may be sent. */
export interface MeshEvent {
  readonly name: EventName;
  readonly file: ManifestFile;
  readonly changes: readonly ExpectedChange[];
}

export const eventNames = ['endpoint', 'virtual-service', 'new-service', 'unseen'] as const;
export type EventName = (typeof eventNames)[number];

/** A service without routes and one with, both away from the edges. */
const plainService = 11;
const routedService = 10;
const routeName = String(servicePort);

/** The `run`-th occurrence of an event, counted from 1; each writes something new. */
export function meshEvent(name: EventName, shape: MeshShape, run: number): MeshEvent {
  switch (name) {
    case 'endpoint':
      return {
        name,
        file: serviceFile(shape, plainService, { endpointRun: run }),
        changes: [{ type: 'eds', name: serviceCluster(shape, plainService), mode: 'changed' }],
      };
    case 'virtual-service':
      return {
        name,
        file: routesFile(shape, routedService, { routesRun: run }),
        changes: [{ type: 'rds', name: routeName, mode: 'changed' }],
      };
    case 'new-service':
      return newService(shape, run);
    case 'unseen':
      return { name, file: unseenFile(run), changes: [] };
  }
}

/** Only its ServiceEntry is written: it has no routes of its own. */
function newService(shape: MeshShape, run: number): MeshEvent {
  const index = shape.services + run;
  const cluster = serviceCluster(shape, index);
  return {
    name: 'new-service',
    file: serviceFile(shape, index),
    changes: [
      { type: 'cds', name: cluster, mode: 'present' },
      { type: 'eds', name: cluster, mode: 'present' },
      { type: 'rds', name: routeName, mode: 'changed' },
    ],
  };
}
