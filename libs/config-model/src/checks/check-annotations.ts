import type { Place } from '../place.js';
import type { ObjectMeta } from '../resource.js';

const dryRun = 'istio.io/dry-run';
const alwaysReject = 'internal.istio.io/webhook-always-reject';
/** What the control plane writes on objects that it makes itself; in a user's hands they would lend rights. */
const internal = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents'];
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/u;

/** `istio.io/dry-run` is for policies that allow or deny; on others it would look as if they did nothing. */
export function checkDryRun({ annotations }: ObjectMeta, allowed: boolean, root: Place): void {
  const value = annotations[dryRun];
  if (value === undefined) return;
  const at = root.at('metadata', 'annotations', dryRun);
  if (!allowed) at.error('is not supported here: only ALLOW and DENY policies can be tried out');
  else if (!booleans.test(value)) at.error(`${JSON.stringify(value)} is neither true nor false`);
}

/** Refuses the annotation by which a person tries out whether objects are checked at all, and those that nobody may set. */
export function checkRefusedAnnotations({ annotations }: ObjectMeta, root: Place): void {
  const at = root.at('metadata', 'annotations');
  if (annotations[alwaysReject] !== undefined) at.at(alwaysReject).error('asks for the object to be refused');
  for (const name of internal) {
    if (annotations[name] !== undefined) at.at(name).error('is set by the control plane alone');
  }
}
