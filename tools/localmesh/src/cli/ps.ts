import { hasErrorSeverity } from './issue-severity.js';
import { isRecord, listAt, numberAt, textAt, valueAt } from '../store/json-record.js';
import { renderChangeIssue } from '../supervisor/change-line.js';
import { locateIssue } from '../supervisor/excerpt.js';
import type { ControlClient } from './control-client.js';
import { renderBuild } from '../deploy/component.js';
import { renderAge, renderTable } from './text-table.js';

/** The pods with their addresses and readiness, and below them what is wrong with the configuration in force. */
export async function ps(client: ControlClient): Promise<string> {
  const [pods, issues] = await Promise.all([client.call('/pods'), client.call('/issues')]);
  const rows = (Array.isArray(pods) ? pods : []).filter(isRecord).map(podRow);
  const table = renderTable(
    [
      'NAMESPACE',
      'POD',
      'READY',
      'STATUS',
      'RESTARTS',
      'ADDRESS',
      'COMPONENT',
      'IDENTITY',
      'CERTIFICATE',
      'AGE',
    ],
    rows,
  );
  const errors = (Array.isArray(issues) ? issues : [])
    .filter(hasErrorSeverity)
    .map((issue) => renderChangeIssue(locateIssue(issue)));
  return errors.length === 0 ? table : `${table}\n\nNot in force:\n${errors.join('\n')}`;
}

function podRow(pod: unknown): readonly string[] {
  const containers = listAt(pod, 'containers');
  const ready = containers.filter((container) => valueAt(container, 'ready') === true).length;
  const restarts = containers.reduce<number>(
    (sum, container) => sum + (numberAt(container, 'restarts') ?? 0),
    0,
  );
  const waiting = containers
    .map((container) => textAt(container, 'waiting'))
    .find((reason) => reason !== undefined);
  const started = textAt(pod, 'startTime');
  const expiry = textAt(pod, 'certificate', 'expires');
  return [
    textAt(pod, 'namespace') ?? '',
    textAt(pod, 'name') ?? '',
    `${String(ready)}/${String(containers.length)}`,
    textAt(pod, 'message') ?? textAt(pod, 'progress') ?? waiting ?? textAt(pod, 'phase') ?? '',
    String(restarts),
    textAt(pod, 'address') ?? '',
    component(pod),
    textAt(pod, 'certificate', 'identity') ?? '-',
    expiry === undefined ? '-' : `until ${expiry}`,
    started === undefined ? '' : renderAge(Date.parse(started), Date.now()),
  ];
}

/** `agent 0.1.0-4f1c2d3e5a`: what of the mesh the pod runs, and which build of it. */
function component(pod: unknown): string {
  const name = textAt(pod, 'build', 'component');
  if (name === undefined) return '-';
  const [version, id] = ['version', 'id'].map((field) => textAt(pod, 'build', field) ?? '?');
  return `${name} ${renderBuild({ version: version ?? '?', id: id ?? '?' })}`;
}
