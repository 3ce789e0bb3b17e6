import { admin, type JsonValue } from '@istio-ts/xds-types';
import { defineCommand } from '../../command/define-command.js';
import { outputFlag, switchFlag } from '../../command/flags.js';
import {
  findSection,
  printMessage,
  readMessage,
  sectionOf,
  type ConfigDump,
} from '../../dump/config-dump.js';
import { bootstrapRows } from '../../summaries/bootstrap.js';
import { clusterHeader, clusterRow, selectClusters } from '../../summaries/clusters.js';
import { listenerHeader, listenerRows, selectListeners } from '../../summaries/listeners.js';
import {
  loadAssignmentHeader,
  loadAssignmentRows,
  selectLoadAssignments,
} from '../../summaries/load-assignments.js';
import { routeHeader, routeRows, selectRoutes } from '../../summaries/routes.js';
import { secretTable, summarizeSecrets } from '../../summaries/secrets.js';
import { renderAs } from '../../writers/render-as.js';
import { narrowGap, renderTable, wideGap } from '../../writers/table.js';
import { readDump, sourceFlags, workload } from './dump-source.js';

type Rows = readonly (readonly string[])[];

/** One part of the summary. In it, a resource bears its kind before its name. */
interface Section {
  readonly title: string;
  readonly codec: Parameters<typeof findSection>[1];
  readonly gap: number;
  readonly rows: (dump: ConfigDump, now: Date) => Rows;
}

const everything = { port: 0 } as const;

const sections: readonly Section[] = [
  { title: 'BOOTSTRAP', codec: admin.BootstrapConfigDump, gap: narrowGap, rows: bootstrapRows },
  { title: 'CLUSTER', codec: admin.ClustersConfigDump, gap: wideGap, rows: clusterSection },
  { title: 'LISTENER', codec: admin.ListenersConfigDump, gap: narrowGap, rows: listenerSection },
  { title: 'ROUTE', codec: admin.RoutesConfigDump, gap: wideGap, rows: routeSection },
  { title: 'SECRET', codec: admin.SecretsConfigDump, gap: wideGap, rows: secretSection },
  { title: 'ENDPOINTS', codec: admin.EndpointsConfigDump, gap: wideGap, rows: endpointSection },
];

function clusterSection(dump: ConfigDump): Rows {
  const rows = selectClusters(dump, everything).map((each) => {
    const name = `cluster/${each.name}`;
    return [name, ...clusterRow(each, name)];
  });
  return [['NAME', ...clusterHeader], ...rows];
}

function listenerSection(dump: ConfigDump): Rows {
  const rows = selectListeners(dump, everything).flatMap((each) =>
    listenerRows(each).map((row) => [`listener/${each.name}`, ...row]),
  );
  return [['NAME', ...listenerHeader], ...rows];
}

function routeSection(dump: ConfigDump): Rows {
  return [routeHeader, ...prefixed('route', selectRoutes(dump, undefined).flatMap(routeRows))];
}

function secretSection(dump: ConfigDump, now: Date): Rows {
  const [header = [], ...rows] = secretTable(summarizeSecrets(dump), now);
  return [header, ...prefixed('secret', rows)];
}

function endpointSection(dump: ConfigDump): Rows {
  const rows = selectLoadAssignments(dump, everything).flatMap(loadAssignmentRows);
  return [loadAssignmentHeader, ...prefixed('endpoint', rows)];
}

function prefixed(kind: string, rows: Rows): Rows {
  return rows.map(([name = '', ...rest]) => [`${kind}/${name}`, ...rest]);
}

export const allCommand = defineCommand({
  name: 'all',
  aliases: ['a'],
  summary: 'All of the above in one',
  positionals: [workload],
  flags: {
    ...sourceFlags,
    output: outputFlag('short', 'json', 'yaml'),
    'with-headers': switchFlag('a title above each part'),
  },
  run: async (invocation) => {
    const { flags, io } = invocation;
    const dump = await readDump(invocation, 'config_dump?include_eds');
    const short = () => renderSections(dump, { titles: flags['with-headers'], now: io.now() });
    io.writeOut(renderAs(flags.output, { short, value: () => printDump(dump) }));
  },
});

function renderSections(
  dump: ConfigDump,
  { titles, now }: { readonly titles: boolean; readonly now: Date },
): string {
  const present = sections.filter(({ codec }) => findSection(dump, codec) !== undefined);
  // With nothing to show, the first part says what is missing.
  if (present.length === 0) sectionOf(dump, admin.BootstrapConfigDump);
  return present
    .map(({ title, gap, rows }) => {
      const table = renderTable(rows(dump, now), gap);
      return titles ? `------ ${title} INFO ------\n\n${table}` : table;
    })
    .join('\n');
}

function printDump({ configs }: ConfigDump): JsonValue {
  return printMessage(admin.ConfigDump, readMessage(admin.ConfigDump, { configs }));
}
