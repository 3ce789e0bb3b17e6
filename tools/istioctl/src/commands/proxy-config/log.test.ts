import { expect, test } from 'vitest';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';

const pods = [
  { name: 'web-1', namespace: 'shop', labels: { app: 'web' }, ready: true, deployment: 'web' },
  { name: 'web-2', namespace: 'shop', labels: { app: 'web' }, ready: true, deployment: 'web' },
];
const mesh = () =>
  new FakeMesh({
    pods,
    proxy: {
      logging: 'active loggers:\n  http: warning\n  router: warning\n',
      'logging?level=info': 'all info\n',
      'logging?level=warning': 'all back\n',
      'logging?paths=http:debug,router:off': 'some set\n',
    },
  });

test.each([
  ['log web-1.shop', 'active loggers:\n  http: warning\n  router: warning\n', ['POST logging']],
  ['log deploy/web -n shop --level info', 'all info\n', ['POST logging', 'POST logging?level=info']],
  ['log web-1.shop -r', 'all back\n', ['POST logging', 'POST logging?level=warning']],
  [
    'log web-1.shop --level http:debug,router=none',
    'some set\n',
    ['POST logging', 'POST logging?paths=http:debug,router:off'],
  ],
])('%s', async (line, out, asked) => {
  const given = mesh();
  expect(await istioctl(`pc ${line}`, { mesh: given })).toEqual({ status: 0, out, error: '' });
  expect(given.asked).toEqual(asked);
});

test('of all pods with a label, each under its name', async () => {
  const { out } = await istioctl('-n shop pc log -l app=web --reset', { mesh: mesh() });
  expect(out).toBe('web-1.shop:\nall back\nweb-2.shop:\nall back\n');
});

test.each([
  ['log', 'log requires pod name or --selector'],
  ['log web-1.shop --level xxx:yyy', 'unrecognized logger name: xxx'],
  ['log web-1.shop --level http:yyy', 'unrecognized logging level: yyy'],
  ['log web-1.shop --level info --reset', '--level cannot be combined with --reset'],
  ['log -l app=nobody', 'no pod of namespace "default"'],
])('%s is refused', async (line, message) => {
  const { status, error } = await istioctl(`pc ${line}`, { mesh: mesh() });
  expect(status).toBe(1);
  expect(error).toMatch(/^Error: /);
  expect(error).toContain(message);
});
