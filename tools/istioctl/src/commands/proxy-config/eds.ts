import { defineCommand } from '../../command/define-command.js';
import type { FlagValues } from '../../command/flags.js';
import type { ConfigDump } from '../../dump/config-dump.js';
import {
  loadAssignmentHeader,
  loadAssignmentRows,
  printLoadAssignments,
  selectLoadAssignments,
} from '../../summaries/load-assignments.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readDump, workload } from './dump-source.js';
import { endpointFlags } from './endpoint-flags.js';

export const edsCommand = defineCommand({
  name: 'eds',
  summary: 'The endpoints of a proxy as it was told them, with their localities',
  hidden: true,
  positionals: [workload],
  flags: endpointFlags,
  run: async (invocation) => {
    const dump = await readDump(invocation, 'config_dump?include_eds');
    invocation.io.writeOut(renderLoadAssignments(dump, invocation.flags));
  },
});

/** The endpoints in a configuration dump, in the form that the flags ask for. */
export function renderLoadAssignments(dump: ConfigDump, flags: FlagValues<typeof endpointFlags>): string {
  const assignments = selectLoadAssignments(dump, flags);
  const short = () => renderTable([loadAssignmentHeader, ...assignments.flatMap(loadAssignmentRows)]);
  return renderAs(flags.output, { short, value: () => printLoadAssignments(assignments) });
}
