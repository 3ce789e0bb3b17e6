import { invariant, type MetricLabels, type Metrics } from '@istio-ts/foundation';
import { agentMetricTable, type AgentMetricName } from './metric-table.js';

/** The agent's own numbers by the table, in Prometheus' text form. What was never counted is not shown. */
export class AgentMetrics implements Metrics {
  private readonly families = new Map<AgentMetricName, Map<string, number>>();

  increment(name: string, labels: MetricLabels = {}, by = 1): void {
    const samples = this.samples(name);
    const key = renderLabels(labels);
    samples.set(key, (samples.get(key) ?? 0) + by);
  }

  set(name: string, value: number, labels: MetricLabels = {}): void {
    this.samples(name).set(renderLabels(labels), value);
  }

  observe(name: string): void {
    invariant(false, `${name} is no histogram: the agent has none`);
  }

  render(): string {
    return [...this.families]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, samples]) => [
        `# HELP ${name} ${agentMetricTable[name].help}\n`,
        `# TYPE ${name} ${agentMetricTable[name].kind}\n`,
        ...Array.from(samples, ([key, value]) => `${name}${key} ${value}\n`),
      ])
      .join('');
  }

  private samples(name: string): Map<string, number> {
    invariant(isAgentMetric(name), `metric ${name} is in the table`);
    const samples = this.families.get(name) ?? new Map<string, number>();
    this.families.set(name, samples);
    return samples;
  }
}

function isAgentMetric(name: string): name is AgentMetricName {
  return Object.hasOwn(agentMetricTable, name);
}

function renderLabels(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
