import type { Service, ServiceEntry } from '@istio-ts/config-model';
import { memo, type Issue, type SortedMap } from '@istio-ts/foundation';
import { unionMaps } from '../derive/index.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { credentialIssues } from './credential-issues.js';
import { repeatedHosts } from './gateway-issues.js';
import { listenerConflicts } from './listener-issues.js';
import { ruleConflicts } from './rule-issues.js';
import { unenforcedFields } from './unenforced-fields.js';

type Found = SortedMap<readonly Issue[]>;

/**
 * What this mesh makes of objects otherwise than is written, at the cost of what changed since the last time; the identical
 * list where nothing did. What an object says wrong alone is told when it is read; references and everything else that
 * Istio's analyzers know is told by `config-analysis`.
 */
export function snapshotIssues(snapshot: MeshSnapshot): readonly Issue[] {
  const { mesh, settings, resources } = snapshot;
  return collected(
    repeatedHosts(mesh, resources.Gateway, undefined),
    ruleConflicts(mesh, resources.DestinationRule, settings.clusterDomain),
    listenerConflicts(snapshot, declared(mesh, resources.Service, resources.ServiceEntry)),
    ...credentialIssues(mesh, resources, settings.sds),
    ...unenforcedFields(mesh, resources),
  );
}

const declared = unionMaps<Service | ServiceEntry>();

const collected = memo((...found: readonly Found[]): readonly Issue[] =>
  found.flatMap((issues) => [...issues.values()].flat()),
);
