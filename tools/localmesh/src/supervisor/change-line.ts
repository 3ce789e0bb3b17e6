import { kinds } from '@istio-ts/config-model';
import { excerptOf, locateIssue, positionOf } from './excerpt.js';
import { isRecord, listAt, numberAt, recordAt, textAt, valueAt } from '../store/json-record.js';

/** Objects that this platform writes itself; their changes are noise for a person who edits manifests. */
const ownKinds: ReadonlySet<string> = new Set(['Pod', 'EndpointSlice', 'Node', 'ServiceAccount']);

/**
 * What the terminal says about one change: which object, and whether it is in force. Nothing where only this platform's
 * own objects changed.
 */
export function renderChange(change: unknown): readonly string[] {
  const all = listAt(change, 'objects').filter((object) => !ownKinds.has(textAt(object, 'kind') ?? ''));
  // The state of a line about refused objects says nothing about anything in force.
  const objects = all.filter((object) => textAt(object, 'op') !== 'refused');
  const issues = listAt(change, 'issues').filter(isWorthTelling).flatMap(renderIssueWithExcerpt);
  const troubled = troubles(change);
  if (objects.length === 0) return [...all.flatMap(refusal), ...issues, ...troubled];
  return [`${objectList(objects)}: ${effect(change, objects)}`, ...troubled, ...issues];
}

/** Notes are for who asks for them. */
export function isWorthTelling(issue: unknown): boolean {
  return textAt(issue, 'severity') !== 'info';
}

/** Objects of kinds that are not carried out bear an error too, and are kept: their issue says so. */
function refusal(object: unknown): readonly string[] {
  if (!isCarriedOut(object)) return [];
  const name = textAt(object, 'kind') === 'File' ? textAt(object, 'name') : objectName(object);
  return [`${name ?? 'a file'}: refused; what it said before stays in force`];
}

function isCarriedOut(object: unknown): boolean {
  return kinds.find(({ name }) => name === textAt(object, 'kind'))?.status !== 'known';
}

function objectName(object: unknown): string {
  const place = [textAt(object, 'namespace'), textAt(object, 'name')].filter(
    (part) => part !== undefined && part !== '',
  );
  return `${textAt(object, 'kind') ?? 'object'} ${place.join('/')}`;
}

function objectList(objects: readonly unknown[]): string {
  const names = objects
    .slice(0, 3)
    .map((object) => `${textAt(object, 'op') ?? 'changed'} ${objectName(object)}`);
  const more = objects.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}

function effect(change: unknown, objects: readonly unknown[]): string {
  if (!objects.some(isCarriedOut)) {
    const stands = objects.some((object) => textAt(object, 'op') !== 'deleted');
    return stands ? 'kept, and not carried out by this version' : 'it was not carried out by this version';
  }
  const acked = numberAt(change, 'proxies', 'acked') ?? 0;
  const total = numberAt(change, 'proxies', 'total') ?? 0;
  const after = `after ${String(Math.round(numberAt(change, 'ms') ?? 0))} ms`;
  if (textAt(change, 'state') === 'rejected') return `rejected ${after}`;
  return total === 0
    ? `in force, no proxy is concerned`
    : `live on ${String(acked)}/${String(total)} proxies ${after}`;
}

function troubles(change: unknown): readonly string[] {
  const rejected = listAt(change, 'proxies', 'rejected').map(
    (each) =>
      `  ${textAt(each, 'proxy') ?? 'a proxy'} rejects ${textAt(each, 'object') ?? 'it'}: ${textAt(each, 'message') ?? ''}`,
  );
  const unreachable = listAt(change, 'proxies', 'unreachable').map(
    (proxy) =>
      `  ${typeof proxy === 'string' ? proxy : (textAt(proxy, 'proxy') ?? 'a proxy')} cannot be reached`,
  );
  return [...rejected, ...unreachable];
}

/** `  error IST0101 VirtualService istioinaction/catalog (catalog.yaml:12): …` */
export function renderChangeIssue(issue: unknown): string {
  const resource = isRecord(valueAt(issue, 'resource')) ? recordAt(issue, 'resource') : issue;
  const position = isRecord(valueAt(issue, 'position')) ? recordAt(issue, 'position') : issue;
  const name = [textAt(resource, 'namespace'), textAt(resource, 'name')].filter(
    (part) => part !== undefined && part !== '',
  );
  const place = [textAt(position, 'file'), numberAt(position, 'line'), numberAt(position, 'column')].filter(
    (part) => part !== undefined,
  );
  const path = textAt(issue, 'path') ?? '';
  const field = path === '' ? '' : ` ${path}`;
  const where = place.length === 0 ? '' : ` (${place.join(':')})`;
  const subject = [textAt(resource, 'kind'), name.join('/')]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const head = [textAt(issue, 'severity') ?? 'error', textAt(issue, 'code'), subject].filter(
    (part) => part !== undefined && part !== '',
  );
  return `  ${head.join(' ')}${field}${where}: ${textAt(issue, 'message') ?? ''}`;
}

/** The same with the lines of the file that are meant, where they are known to the column. */
export function renderIssueWithExcerpt(found: unknown): readonly string[] {
  const issue = locateIssue(found);
  const position = positionOf(issue);
  return [renderChangeIssue(issue), ...(position === undefined ? [] : excerptOf(position))];
}
