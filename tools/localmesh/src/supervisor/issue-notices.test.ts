import { HeldClock } from '@istio-ts/testkit';
import { expect, it } from 'vitest';
import { IssueNotices, standsForMs } from './issue-notices.js';

const issue = (message: string, more: object = {}) => ({
  code: 'IST0101',
  severity: 'error',
  message,
  name: 'ReferencedResourceNotFound',
  path: 'spec.http[0]',
  resource: { kind: 'VirtualService', namespace: 'shop', name: 'catalog' },
  ...more,
});

function setup() {
  const clock = new HeldClock();
  const said: string[] = [];
  const notices = new IssueNotices(clock, (line) => said.push(line));
  const change = (raised: readonly unknown[], cleared: readonly unknown[] = []): readonly string[] => {
    said.length = 0;
    notices.change({ raised, cleared });
    clock.advance(standsForMs);
    return [...said];
  };
  return { clock, said, notices, change };
}

it('an issue is told once it has stood for a moment, and told to be gone when it goes', () => {
  const { change } = setup();
  expect(change([issue('no host')])).toEqual([
    '  error IST0101 VirtualService shop/catalog spec.http[0]: no host',
  ]);
  expect(change([issue('no host')])).toEqual([]);
  expect(change([], [issue('no host', { path: 'spec.http[1]' })])).toEqual([
    '  gone: error IST0101 VirtualService shop/catalog: no host',
  ]);
});

it('of a field that was wrong by itself it is said which', () => {
  const { change } = setup();
  const required = { ...issue('is required'), name: undefined, path: 'spec.host' };
  change([required]);
  expect(change([], [required])).toEqual([
    '  gone: error IST0101 VirtualService shop/catalog spec.host: is required',
  ]);
});

it('what the next moment mends is not worth a word, nor is a note', () => {
  const { notices, clock, said } = setup();
  notices.change({ raised: [issue('no pods')], cleared: [] });
  clock.advance(standsForMs / 2);
  notices.change({ raised: [issue('a note', { severity: 'info' })], cleared: [issue('no pods')] });
  clock.advance(standsForMs);
  expect(said).toEqual([]);
});

it('what was told at the start, or with a change, is told to be gone', () => {
  const { notices, change } = setup();
  notices.told([issue('no host')]);
  expect(change([issue('no host')])).toEqual([]);
  expect(change([], [issue('no host'), issue('never told')])).toHaveLength(1);
});
