import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCases, strayCases } from '../../read-cases.js';
import type { CaseOutcome, Suite } from '../../suite.js';
import { runMetricCase, type MetricCase } from './metric-cases.js';
import { runGrpcProbeCase, runProbeCase, runTlsProbeCase, type ProbeCase } from './probe-cases.js';
import { runControlCase, runReadinessCase, type ControlCase, type ReadinessCase } from './server-cases.js';
import { runProbeSettings, runScrapeSettings, type SettingCase } from './setting-cases.js';

interface NamedCase {
  readonly name: string;
}

type Run = (given: NamedCase) => CaseOutcome | Promise<CaseOutcome>;

/** What the gRPC application of the cases says of its services. */
const health = {
  '': 'SERVING',
  'serving-svc': 'SERVING',
  'unknown-svc': 'UNKNOWN',
  'not-serving-svc': 'NOT_SERVING',
};

/** Each file has cases of one form. */
const files: Readonly<Record<string, Run>> = {
  control: (given) => runControlCase(given as ControlCase),
  'grpc-probes': (given) => runGrpcProbeCase(given as ProbeCase, health),
  'http-probes': (given) => runProbeCase(given as ProbeCase),
  'https-probes': (given) => runTlsProbeCase(given as ProbeCase),
  metrics: (given) => runMetricCase(given as MetricCase),
  'probe-config': (given) => runProbeSettings(given as SettingCase),
  'probe-headers': (given) => runProbeCase(given as ProbeCase),
  readiness: (given) => runReadinessCase(given as ReadinessCase),
  'scrape-config': (given) => runScrapeSettings(given as SettingCase),
};

/** The status port of the process beside the proxy: settings that it starts with, probes, readiness, its end. */
export const agentStatus: Suite = {
  name: 'agent-status',
  load: (dir) => [
    ...Object.entries(files)
      .filter(([file]) => existsSync(join(dir, `${file}.json`)))
      .flatMap(([file, run]) =>
        (readCases(join(dir, `${file}.json`)) as readonly NamedCase[]).map((given) => ({
          name: `${file}/${given.name}`,
          run: () => run(given),
        })),
      ),
    ...strayCases(
      dir,
      Object.keys(files).map((file) => `${file}.json`),
    ),
  ],
};
