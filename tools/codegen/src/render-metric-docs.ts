import { metricTable } from '@istio-ts/istiod/metric-table';
import { agentMetricTable } from '@istio-ts/proxy-agent/status';
import stats from '@istio-ts/wasm-filters/stats-metrics.json' with { type: 'json' };

interface Metric {
  readonly name: string;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly help: string;
}

const head = `# Metrics

<!-- Written by \`npx nx run codegen:metrics\` from the tables of metrics; change those. -->

Names, labels and units are Istio's, so that dashboards and alerts made for Istio work as they are. Only what is counted is here.

| where                                        | what                                                         |
| -------------------------------------------- | ------------------------------------------------------------ |
| istiod, \`:15014/metrics\`                     | the control plane, and its process (\`process_*\`, \`nodejs_*\`) |
| each proxy, \`:15020/stats/prometheus\`        | traffic, the agent, Envoy, and the application's own metrics |
| each proxy, \`:15090/stats/prometheus\`        | traffic and Envoy                                            |
| \`pilot-agent request GET stats\` beside Envoy | the same with Envoy's names                                  |
`;

const trafficHead = `## Traffic

Counted by the [stats filter](../libs/wasm-filters/README.md) in every proxy, once where a call leaves and once where it arrives (\`reporter\`).
A label whose value nobody knows is \`unknown\`.
`;

/** The page `docs/metrics.md`: every metric of istiod, the agent and the stats filter. */
export function renderMetricDocs(): string {
  return [
    head,
    '## istiod\n',
    renderMetrics(rowsOf(metricTable)),
    '## The agent\n',
    renderMetrics(rowsOf(agentMetricTable)),
    trafficHead,
    renderMetrics(stats.metrics.map((metric) => ({ ...metric, labels: labelsOf(metric.of) }))),
    'The labels:\n',
    renderTable(
      ['label', 'of', 'meaning'],
      stats.labels.map(({ name, of, help }) => [`\`${name}\``, of.map(subjectOf).join(', '), help]),
    ),
  ].join('\n');
}

type TableRow = { readonly kind: string; readonly help: string; readonly labels?: readonly string[] };

function rowsOf(table: Readonly<Record<string, TableRow>>): readonly Metric[] {
  return Object.entries(table).map(([name, { labels = [], ...row }]) => ({ name, labels, ...row }));
}

/** The labels of traffic have a table of their own; here it is said which of them. */
function labelsOf(subject: string): readonly string[] {
  const labels = stats.labels.filter(({ of }) => of.includes(subject)).map(({ name }) => name);
  return labels.length > 2 ? [`those of ${subjectOf(subject)}`] : labels;
}

function subjectOf(subject: string): string {
  return subject === 'build' ? 'builds' : `${subject}s`;
}

function renderMetrics(metrics: readonly Metric[]): string {
  return renderTable(
    ['metric', 'kind', 'labels', 'meaning'],
    metrics.map(({ name, kind, labels, help }) => [
      `\`${name}\``,
      kind,
      labels.map((label) => (label.includes(' ') ? label : `\`${label}\``)).join(', '),
      help,
    ]),
  );
}

/** A table of Markdown with columns of even width, as Prettier writes it. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}
