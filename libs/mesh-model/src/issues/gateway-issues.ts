import type { Gateway } from '@istio-ts/config-model';
import { projectMap } from '../derive/index.js';
import { plainHosts } from '../resolve/gateway/server-hosts.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

/** Hosts that several servers of one Gateway claim on one port. */
export const repeatedHosts = projectMap((gateway: Gateway) => {
  const taken = new Set<string>();
  const issues = (gateway.spec.servers ?? []).flatMap((server, index) =>
    plainHosts(server).flatMap((host) => {
      const { number } = server.port;
      const place = JSON.stringify([server.bind ?? '', number, host]);
      if (!taken.has(place)) {
        taken.add(place);
        return [];
      }
      return raiseIssue(gateway, {
        code: MeshIssueCode.ListenerConflict,
        severity: 'warning',
        path: ['spec', 'servers', index, 'hosts'],
        message: `host ${JSON.stringify(host)} on port ${number} is served by an earlier server of this Gateway: of two TLS servers the first counts, plain ones are merged. Keep the host in one place`,
      });
    }),
  );
  return issues.length === 0 ? undefined : issues;
});
