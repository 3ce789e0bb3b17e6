import { defineCommand } from '../../command/define-command.js';
import { outputFlag, portFlag, textFlag } from '../../command/flags.js';
import { clusterHeader, clusterRow, printClusters, selectClusters } from '../../summaries/clusters.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const clusterCommand = defineCommand({
  name: 'cluster',
  aliases: ['clusters', 'c'],
  summary: 'The clusters of a proxy: every service, port and subset that it can call',
  examples: [
    { text: 'All clusters of a pod', command: 'istioctl proxy-config cluster webapp-7c5f8d.istioinaction' },
    {
      text: 'The subsets of one service',
      command: 'istioctl pc c deploy/webapp --fqdn catalog.istioinaction.svc.cluster.local',
    },
  ],
  positionals: [workload],
  flags: {
    ...sourceFlags,
    output: outputFlag('short', 'json', 'yaml'),
    fqdn: textFlag('HOST', 'only clusters of this service'),
    port: portFlag,
    subset: textFlag('SUBSET', 'only clusters of this subset'),
    direction: textFlag('DIRECTION', 'only clusters of this direction: inbound, outbound'),
  },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const clusters = selectClusters(await readDump(invocation), flags);
    const short = () => renderTable([clusterHeader, ...clusters.map((each) => clusterRow(each))]);
    io.writeOut(renderAs(flags.output, { short, value: () => printClusters(clusters) }));
  },
});
