import { defineCommand } from '../../command/define-command.js';
import { outputFlag, portFlag, textFlag } from '../../command/flags.js';
import {
  endpointHeader,
  endpointRows,
  parseClusterStatuses,
  printEndpoints,
  selectEndpoints,
} from '../../summaries/endpoints.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readProxy, sourceFlags, workload } from './dump-source.js';

/** Filters that the two commands about endpoints share. */
export const endpointFlags = {
  ...sourceFlags,
  output: outputFlag('short', 'json', 'yaml'),
  address: textFlag('ADDRESS', 'only endpoints of this address'),
  port: portFlag,
  cluster: textFlag('CLUSTER', 'only endpoints of this cluster, outbound|80||web.default.svc.cluster.local'),
  status: textFlag('STATUS', 'only endpoints of this status: healthy, unhealthy, draining, …'),
} as const;

export const endpointCommand = defineCommand({
  name: 'endpoint',
  aliases: ['endpoints', 'ep'],
  summary: 'The endpoints of a proxy, with their health at this moment',
  description:
    "The endpoints of a proxy, with their health at this moment. With --file it reads Envoy's answer to /clusters?format=json.",
  examples: [
    { text: 'All endpoints of a pod', command: 'istioctl proxy-config endpoint webapp-7c5f8d.istioinaction' },
    {
      text: 'Who answers for one service',
      command:
        'istioctl pc ep deploy/webapp --cluster "outbound|80||catalog.istioinaction.svc.cluster.local"',
    },
  ],
  positionals: [workload],
  flags: endpointFlags,
  run: async (invocation) => {
    const { flags, io } = invocation;
    const { text, source } = await readProxy(invocation, 'clusters?format=json');
    const clusters = selectEndpoints(parseClusterStatuses(text, source), flags);
    const short = () => renderTable([endpointHeader, ...endpointRows(clusters)]);
    io.writeOut(renderAs(flags.output, { short, value: () => printEndpoints(clusters) }));
  },
});
