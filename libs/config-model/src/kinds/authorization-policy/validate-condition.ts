import type { Place } from '../../place.js';
import { suggest } from '../../nearest-name.js';
import type { PolicyCondition } from './spec.js';
import { checkPorts } from './validate-operation.js';
import { checkAddresses, checkNotEmpty, checkServiceAccounts, checkTrustDomains } from './validate-source.js';

type Check = (values: readonly string[], place: Place) => void;

const anyText: Check = () => undefined;

/** The attributes that a condition can ask for, and what their values are. */
const attributes: Readonly<Record<string, Check>> = {
  'source.ip': checkAddresses,
  'remote.ip': checkAddresses,
  'destination.ip': checkAddresses,
  'destination.port': checkPorts,
  'source.namespace': anyText,
  'source.principal': anyText,
  'source.serviceAccount': checkServiceAccounts,
  'source.trustDomain': checkTrustDomains,
  'request.auth.principal': anyText,
  'request.auth.audiences': anyText,
  'request.auth.presenter': anyText,
  'connection.sni': anyText,
};

/** Attributes of which one entry is asked for: `request.headers[x-user]`. */
const maps = /^(request\.headers|request\.auth\.claims|experimental\.envoy\.filters\.[^[\]]+)(.*)$/u;
const entries = /^(?:\[[^[\]]+\])+$/u;

/** What a policy of today says by its selector. */
const bySelector = /^destination\.(?:labels\[.*|name|namespace|user)$/u;

export function validateCondition({ key, values = [], notValues = [] }: PolicyCondition, place: Place): void {
  if (values.length + notValues.length === 0) place.error('needs values or notValues');
  checkKey(key, place.at('key'));
  const check = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  for (const [field, list] of Object.entries({ values, notValues })) {
    checkNotEmpty(list, place.at(field));
    check?.(list, place.at(field));
  }
}

function checkKey(key: string, place: Place): void {
  if (key === '') place.error('is required');
  else if (bySelector.test(key)) place.error(`${key} is said by the policy's selector and namespace`);
  else if (Object.hasOwn(attributes, key)) return;
  else checkEntry(key, place);
}

function checkEntry(key: string, place: Place): void {
  const match = maps.exec(key);
  if (match === null) {
    place.error(`there is no attribute ${JSON.stringify(key)}${suggest(key, Object.keys(attributes))}`);
  } else if (!entries.test(match[2] ?? '')) {
    place.error(`${JSON.stringify(key)} names no entry; write it like ${match[1] ?? ''}[name]`);
  }
}
