import { defineCommand } from '../../command/define-command.js';
import { outputFlag, textFlag } from '../../command/flags.js';
import { printRoutes, routeHeader, routeRows, selectRoutes } from '../../summaries/routes.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const routeCommand = defineCommand({
  name: 'route',
  aliases: ['routes', 'r'],
  summary: 'The routes of a proxy: which host and path is served by which VirtualService',
  examples: [
    {
      text: 'The routes of the ingress gateway',
      command: 'istioctl -n istio-system pc routes deploy/istio-ingressgateway',
    },
    { text: 'One route configuration, whole', command: 'istioctl pc r deploy/webapp --name 80 -o json' },
  ],
  positionals: [workload],
  flags: {
    ...sourceFlags,
    output: outputFlag('short', 'json', 'yaml'),
    name: textFlag('NAME', 'only the route configuration of this name'),
  },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const routes = selectRoutes(await readDump(invocation), flags.name);
    const short = () => renderTable([routeHeader, ...routes.flatMap(routeRows)]);
    io.writeOut(renderAs(flags.output, { short, value: () => printRoutes(routes) }));
  },
});
