/** `write-metric-docs.ts FILE`: writes the page of all metrics. */
import { writeFileSync } from 'node:fs';
import { renderMetricDocs } from './render-metric-docs.js';

const [file = 'docs/metrics.md'] = process.argv.slice(2);
writeFileSync(file, renderMetricDocs());
