import type { Place } from '../place.js';
import type { ObjectMeta } from '../resource.js';

const dryRun = 'istio.io/dry-run';
const alwaysReject = 'internal.istio.io/webhook-always-reject';
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/u;

/** `istio.io/dry-run` is for policies that allow or deny; on others it would look as if they did nothing. */
export function checkDryRun({ annotations }: ObjectMeta, allowed: boolean, root: Place): void {
  const value = annotations[dryRun];
  if (value === undefined) return;
  const at = root.at('metadata', 'annotations', dryRun);
  if (!allowed) at.error('is not supported here: only ALLOW and DENY policies can be tried out');
  else if (!booleans.test(value)) at.error(`${JSON.stringify(value)} is neither true nor false`);
}

/** The annotation by which a person tries out whether objects are checked at all. */
export function checkAlwaysReject({ annotations }: ObjectMeta, root: Place): void {
  if (annotations[alwaysReject] === undefined) return;
  root.at('metadata', 'annotations', alwaysReject).error('asks for the object to be refused');
}
