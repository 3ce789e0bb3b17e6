import { specSchema } from '@istio-ts/config-model';
import { expect, test } from 'vitest';
import { withEmpty } from './as-written.js';

test('what has to be there and is not is empty, and null is what is not there', () => {
  const schema = specSchema('Gateway');
  expect(withEmpty({ selector: null, servers: [{ hosts: null }, null] }, schema)).toEqual({
    servers: [
      { hosts: [], port: { name: '', number: 0, protocol: '' } },
      { hosts: [], port: { name: '', number: 0, protocol: '' } },
    ],
  });
});
