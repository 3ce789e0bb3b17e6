import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderMetricDocs } from './render-metric-docs.js';

it('docs/metrics.md says what the tables say; "npx nx run codegen:metrics" writes it', () => {
  const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
  expect(page).toBe(renderMetricDocs());
});

it('the page has metrics of istiod, of the agent, and of traffic with its labels', () => {
  const page = renderMetricDocs();
  for (const name of ['pilot_xds_pushes', 'istio_agent_scrapes_total', 'istio_requests_total', 'reporter'])
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
});
