import type { Static } from '@sinclair/typebox';
import { map, message, ruled, text, textOf, uint32, type Rule } from '../../schema/builders.js';
import { portNumber } from '../port-number.js';

const address = textOf({
  maxLength: 256,
  rules: [
    {
      rule: "!self.startsWith('unix://') || self.substring(7, 8) in ['/', '@']",
      message: 'a socket needs an absolute path, or a name that begins with "@"',
    },
    {
      rule: "!(self.startsWith('unix://') && self.endsWith('/'))",
      message: 'a socket must not be a folder',
    },
  ],
});

const ports = map(portNumber, {
  maxProperties: 128,
  rules: [
    {
      rule: "self.all(name, name.size() < 63 && name.matches('^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$'))",
      message: 'a port name is made of letters, digits and "-", at most 62',
    },
  ],
});

const socketWithoutPorts: Rule = {
  rule: "!(has(self.address) && self.address.startsWith('unix://') && has(self.ports))",
  message: 'a socket has no ports',
};

const addressed: Rule = {
  rule: 'has(self.address) || has(self.network)',
  message: 'needs an address, or a network whose gateway leads to it',
};

export const endpointLabels = map(text, { maxProperties: 256 });

/** The endpoint that a WorkloadGroup gives its members; their addresses come when they join. */
export const workloadTemplate = message(
  {
    address,
    ports,
    labels: endpointLabels,
    network: textOf({ maxLength: 2048 }),
    locality: textOf({ maxLength: 2048 }),
    weight: uint32,
    serviceAccount: textOf({ maxLength: 253 }),
  },
  [],
  { rules: [socketWithoutPorts] },
);

/** networking.istio.io WorkloadEntry, as written; also an endpoint of a ServiceEntry. */
export type WorkloadEntrySpec = Static<typeof workloadEntrySpec>;
export const workloadEntrySpec = ruled(workloadTemplate, [addressed, socketWithoutPorts]);
