import { defineCommand, type Invocation } from '../../command/define-command.js';
import { parseConfigDump, parseObject } from '../../dump/config-dump.js';
import {
  endpointHeader,
  endpointRows,
  parseClusterStatuses,
  printEndpoints,
  selectEndpoints,
} from '../../summaries/endpoints.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readProxy, workload, type ProxyAnswer } from './dump-source.js';
import { renderLoadAssignments } from './eds.js';
import { endpointFlags } from './endpoint-flags.js';

export const endpointCommand = defineCommand({
  name: 'endpoint',
  aliases: ['endpoints', 'ep'],
  summary: 'The endpoints of a proxy, with their health at this moment',
  description:
    "The endpoints of a proxy, with their health at this moment. With --file it reads Envoy's answer to /clusters?format=json; of a configuration dump it shows the endpoints that the proxy was told.",
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
    const answer = await readProxy(invocation, 'clusters?format=json');
    invocation.io.writeOut(render(answer, invocation.flags));
  },
});

function render({ text, source }: ProxyAnswer, flags: Invocation<typeof endpointFlags>['flags']): string {
  if ('configs' in parseObject(text, source))
    return renderLoadAssignments(parseConfigDump(text, source), flags);
  const clusters = selectEndpoints(parseClusterStatuses(text, source), flags);
  const short = () => renderTable([endpointHeader, ...endpointRows(clusters)]);
  return renderAs(flags.output, { short, value: () => printEndpoints(clusters) });
}
