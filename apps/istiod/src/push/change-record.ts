import { structurallyEqual, type Issue } from '@istio-ts/foundation';
import type { IssueDifference } from '../analysis/issue-difference.js';
import type { SourceChange } from '../sources/config-source.js';

export interface ChangedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly op: 'created' | 'changed' | 'deleted' | 'refused';
}

export interface RejectedBy {
  readonly proxy: string;
  /** `VirtualService/default/reviews`, or the resource's name where its origin is not known. */
  readonly object: string;
  readonly message: string;
}

/** What became of a change: a line of `/debug/changes`. */
export interface ChangeReport {
  /** When it was in force everywhere, or given up; ISO 8601. */
  readonly time: string;
  /** None where a proxy rejects what was there before, as when it connects. */
  readonly objects: readonly ChangedObject[];
  readonly state: 'live' | 'partial' | 'rejected';
  readonly proxies: {
    readonly acked: number;
    /** Proxies whose sent resources carry the change. */
    readonly total: number;
    readonly rejected: readonly RejectedBy[];
    readonly unreachable: readonly string[];
  };
  /**
   * From the event until every proxy had its turn: what changed for it is sent, or follows what it has to acknowledge first.
   * Not there where no proxy was asked.
   */
  readonly sentMs?: number;
  /** From the event to the last acknowledgement. */
  readonly ms: number;
  readonly issues: readonly Issue[];
}

/**
 * What a change did to the issues of objects together, and of reading: a line of `/debug/changes` too, soon after the one of
 * the change. It may come of any change: a pod that starts is what a selector looked for.
 */
export interface IssueReport extends IssueDifference {
  /** ISO 8601. */
  readonly time: string;
}

/** The objects that differ in content: one that only moved within its file does not count. */
export function changedObjects(changes: readonly SourceChange[]): readonly ChangedObject[] {
  return changes.flatMap(({ before, after }) => {
    const object = after ?? before;
    if (object === undefined || sameContent(before, after)) return [];
    const { kind, metadata } = object;
    const op = before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed';
    return [{ kind, namespace: metadata.namespace, name: metadata.name, op }];
  });
}

function sameContent(before: SourceChange['before'], after: SourceChange['after']): boolean {
  if (before === undefined || after === undefined) return before === after;
  return structurallyEqual({ ...before, origin: undefined }, { ...after, origin: undefined });
}

/** `VirtualService default/reviews changed: live on 6/6 proxies after 38 ms`. */
export function renderReport({ objects, proxies, state, ms }: ChangeReport): string {
  const what = objects.map(({ kind, namespace, name, op }) => `${kind} ${namespace}/${name} ${op}`);
  const shown = what.length > 4 ? [...what.slice(0, 3), `${what.length - 3} more`] : what;
  if (what.length === 0) return describe(state, proxies);
  return `${shown.join(', ')}: ${describe(state, proxies)} after ${Math.round(ms)} ms`;
}

function describe(state: ChangeReport['state'], proxies: ChangeReport['proxies']): string {
  const { acked, total, rejected, unreachable } = proxies;
  if (state === 'rejected' && total === 0) return 'refused';
  if (total === 0) return 'in force, no proxy has to know';
  const troubles = [
    ...rejected.map(({ proxy, message }) => `rejected by ${proxy} (${message})`),
    ...unreachable.map((proxy) => `no answer from ${proxy}`),
  ];
  return [`live on ${acked}/${total} proxies`, ...troubles].join(', ');
}
