export type MetricLabels = Readonly<Record<string, string>>;

/** What libraries count through; apps bring the implementation. Names and units are those of `docs/metrics.md`. */
export interface Metrics {
  increment(name: string, labels?: MetricLabels, by?: number): void;
  set(name: string, value: number, labels?: MetricLabels): void;
  observe(name: string, value: number, labels?: MetricLabels): void;
}

export const noMetrics: Metrics = {
  increment: () => undefined,
  set: () => undefined,
  observe: () => undefined,
};
