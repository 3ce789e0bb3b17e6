import { admin } from '@istio-ts/xds-types';
import { defineCommand } from '../../command/define-command.js';
import { outputFlag } from '../../command/flags.js';
import { printMessage, sectionOf } from '../../dump/config-dump.js';
import { renderJson } from '../../writers/json.js';
import { renderYaml } from '../../writers/yaml.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

export const ecdsCommand = defineCommand({
  name: 'ecds',
  aliases: ['ec'],
  summary: 'The extensions that a proxy was sent apart from its listeners',
  positionals: [workload],
  flags: { ...sourceFlags, output: outputFlag('json', 'yaml') },
  run: async (invocation) => {
    const dump = await readDump(invocation);
    const value = printMessage(admin.EcdsConfigDump, sectionOf(dump, admin.EcdsConfigDump));
    invocation.io.writeOut(invocation.flags.output === 'json' ? renderJson(value) : renderYaml(value));
  },
});
