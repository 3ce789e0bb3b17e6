export type Labels = Readonly<Record<string, string>>;

/** Whether every label of the selector is there. An empty selector is a subset of everything. */
export function labelsSubsetOf(selector: Labels | undefined, labels: Labels): boolean {
  for (const key in selector) {
    if (!Object.hasOwn(selector, key)) continue;
    if (!Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  }
  return true;
}

/** Whether a selector selects: an empty one selects nothing. */
export function labelsMatch(selector: Labels | undefined, labels: Labels): boolean {
  return selector !== undefined && Object.keys(selector).length > 0 && labelsSubsetOf(selector, labels);
}

/** One text per label set: `app=a,version` (keys in order; an empty value is left out with its `=`). */
export function renderLabels(labels: Labels | undefined): string {
  return Object.entries(labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join(',');
}

const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/u;
const prefix = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;

/** A label key: a word of at most 63 characters, with a DNS name before a slash if wanted. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash === -1) return word.test(key);
  const before = key.slice(0, slash);
  return before.length <= 253 && prefix.test(before) && word.test(key.slice(slash + 1));
}

export function isLabelValue(value: string): boolean {
  return value === '' || word.test(value);
}

export function areLabels(labels: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => isLabelKey(key) && isLabelValue(value));
}

/** Kubernetes' label selector: all of `matchLabels` and all of `matchExpressions`; an empty one selects everything. */
export interface ExpressionSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Undefined where an expression is malformed: such a selector selects nothing and is to be reported. */
export function selectorMatches(selector: ExpressionSelector, labels: Labels): boolean | undefined {
  const outcomes = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) =>
    expressionHolds(Object.hasOwn(labels, key) ? labels[key] : undefined, operator, values),
  );
  if (outcomes.includes(undefined)) return undefined;
  return labelsSubsetOf(selector.matchLabels, labels) && !outcomes.includes(false);
}

function expressionHolds(
  value: string | undefined,
  operator: string,
  values: readonly string[],
): boolean | undefined {
  const setOperator = operator === 'In' || operator === 'NotIn';
  if (setOperator !== values.length > 0) return undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return undefined;
  }
}
