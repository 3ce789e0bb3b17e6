import { defineCommand } from '../../command/define-command.js';
import { outputFlag } from '../../command/flags.js';
import { bootstrapRows, printBootstrap } from '../../summaries/bootstrap.js';
import { renderAs } from '../../writers/render-as.js';
import { narrowGap, renderTable } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const bootstrapCommand = defineCommand({
  name: 'bootstrap',
  aliases: ['b'],
  summary: 'What a proxy was started with',
  examples: [{ text: 'Versions only', command: 'istioctl proxy-config bootstrap deploy/webapp -o short' }],
  positionals: [workload],
  flags: { ...sourceFlags, output: outputFlag('json', 'yaml', 'short') },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const dump = await readDump(invocation);
    const short = () => renderTable(bootstrapRows(dump), narrowGap);
    io.writeOut(renderAs(flags.output, { short, value: () => printBootstrap(dump) }));
  },
});
