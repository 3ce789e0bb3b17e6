import { defineCommand } from '../../command/define-command.js';
import { outputFlag } from '../../command/flags.js';
import { printSecrets, secretTable, summarizeSecrets } from '../../summaries/secrets.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const secretCommand = defineCommand({
  name: 'secret',
  aliases: ['secrets', 's'],
  summary: 'The certificates of a proxy, their state and expiry',
  examples: [
    { text: 'Is the certificate of a pod in?', command: 'istioctl proxy-config secret deploy/webapp' },
  ],
  positionals: [workload],
  flags: { ...sourceFlags, output: outputFlag('short', 'json', 'yaml') },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const dump = await readDump(invocation);
    const short = () => renderTable(secretTable(summarizeSecrets(dump), io.now()));
    io.writeOut(renderAs(flags.output, { short, value: () => printSecrets(dump) }));
  },
});
