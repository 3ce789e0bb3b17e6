import { defineGroup } from '../../command/define-command.js';
import { allCommand } from './all.js';
import { bootstrapCommand } from './bootstrap.js';
import { clusterCommand } from './cluster.js';
import { ecdsCommand } from './ecds.js';
import { edsCommand } from './eds.js';
import { endpointCommand } from './endpoint.js';
import { listenerCommand } from './listener.js';
import { logCommand } from './log.js';
import { rootcaCompareCommand } from './rootca-compare.js';
import { routeCommand } from './route.js';
import { secretCommand } from './secret.js';

export const proxyConfigGroup = defineGroup({
  name: 'proxy-config',
  aliases: ['pc'],
  summary: 'What one proxy is configured with',
  description:
    'A group of commands used to retrieve information about the configuration of one proxy, from a running pod or from a dump in a file.',
  commands: [
    clusterCommand,
    listenerCommand,
    routeCommand,
    endpointCommand,
    secretCommand,
    bootstrapCommand,
    allCommand,
    logCommand,
    ecdsCommand,
    edsCommand,
    rootcaCompareCommand,
  ],
});
