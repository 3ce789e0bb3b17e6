import { defineCommand } from '../../command/define-command.js';
import {
  loadAssignmentHeader,
  loadAssignmentRows,
  printLoadAssignments,
  selectLoadAssignments,
} from '../../summaries/load-assignments.js';
import { renderAs } from '../../writers/render-as.js';
import { renderTable } from '../../writers/table.js';
import { readDump, workload } from './dump-source.js';
import { endpointFlags } from './endpoint.js';

export const edsCommand = defineCommand({
  name: 'eds',
  summary: 'The endpoints of a proxy as it was told them, with their localities',
  hidden: true,
  positionals: [workload],
  flags: endpointFlags,
  run: async (invocation) => {
    const { flags, io } = invocation;
    const assignments = selectLoadAssignments(await readDump(invocation, 'config_dump?include_eds'), flags);
    const short = () => renderTable([loadAssignmentHeader, ...assignments.flatMap(loadAssignmentRows)]);
    io.writeOut(renderAs(flags.output, { short, value: () => printLoadAssignments(assignments) }));
  },
});
