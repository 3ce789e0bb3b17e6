import { defineCommand } from '../../command/define-command.js';
import { outputFlag, portFlag, switchFlag, textFlag } from '../../command/flags.js';
import {
  briefListenerHeader,
  briefListenerRow,
  listenerHeader,
  listenerRows,
  printListeners,
  selectListeners,
} from '../../summaries/listeners.js';
import { renderAs } from '../../writers/render-as.js';
import { narrowGap, renderTable } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const listenerCommand = defineCommand({
  name: 'listener',
  aliases: ['listeners', 'l'],
  summary: 'The listeners of a proxy: where it accepts connections, and what it does with them',
  examples: [
    { text: 'All listeners of a pod', command: 'istioctl proxy-config listener webapp-7c5f8d.istioinaction' },
    { text: 'One port, whole', command: 'istioctl pc l deploy/webapp --port 15006 -o yaml' },
  ],
  positionals: [workload],
  flags: {
    ...sourceFlags,
    output: outputFlag('short', 'json', 'yaml'),
    address: textFlag('ADDRESS', 'only listeners of this address'),
    port: portFlag,
    type: textFlag('TYPE', 'only listeners of this type: HTTP, TCP, HTTP+TCP'),
    verbose: switchFlag('a row for each filter chain, not one for each listener', true),
  },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const listeners = selectListeners(await readDump(invocation), flags);
    const rows = flags.verbose
      ? [listenerHeader, ...listeners.flatMap(listenerRows)]
      : [briefListenerHeader, ...listeners.map(briefListenerRow)];
    const short = () => renderTable(rows, narrowGap);
    io.writeOut(renderAs(flags.output, { short, value: () => printListeners(listeners) }));
  },
});
