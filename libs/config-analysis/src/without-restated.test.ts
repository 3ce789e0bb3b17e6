import { expect, test } from 'vitest';
import { withoutRestated } from './without-restated.js';

const resource = { kind: 'VirtualService', namespace: 'shop', name: 'catalog' };
const said = (code: string, path: string) => ({
  code,
  path,
  resource,
  severity: 'warning' as const,
  message: 'too late',
});

test('a warning of a single object goes where analysis says it at the place or around it', () => {
  const [here, inside, beside] = ['spec.http[1]', 'spec.http[1].match[0]', 'spec.http[10]'].map((path) =>
    said('IST0133', path),
  );
  const warnings = [here, inside, beside].filter((each) => each !== undefined);
  expect(withoutRestated(warnings, [said('IST0130', 'spec.http[1]')])).toEqual([beside]);
});

test('a warning of another object, and what is no warning of this kind, stays', () => {
  const other = { ...said('IST0133', 'spec.http[1]'), resource: { ...resource, name: 'other' } };
  const error = said('IST0106', 'spec.http[1]');
  expect(withoutRestated([other, error], [said('IST0130', 'spec.http[1]')])).toEqual([other, error]);
  expect(withoutRestated([said('IST0133', 'spec.http[1]')], [said('IST0101', 'spec.http[1]')])).toHaveLength(
    1,
  );
});
