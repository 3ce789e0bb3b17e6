import { describe, expect, it } from 'vitest';
import { renderIptablesRules, renderNftRules, type ServiceRule } from './service-rules.js';

const catalog: ServiceRule = {
  address: '10.96.0.5',
  port: 80,
  protocol: 'tcp',
  targets: [
    { address: '10.244.0.2', port: 3000 },
    { address: '10.244.0.3', port: 3000 },
  ],
};
const single: ServiceRule = { ...catalog, address: '10.96.0.6', targets: catalog.targets.slice(0, 1) };
const empty: ServiceRule = { ...catalog, address: '10.96.0.7', targets: [] };

describe('translation of service addresses', () => {
  it('chooses evenly among the targets', () => {
    expect(renderNftRules([catalog, single], '10.96.0.0/16')).toContain(
      'ip daddr 10.96.0.5 tcp dport 80 dnat ip to numgen random mod 2 map { 0 : 10.244.0.2 . 3000, 1 : 10.244.0.3 . 3000 }',
    );
    const iptables = renderIptablesRules([catalog], '10.96.0.0/16').split('\n');
    expect(iptables.filter((line) => line.includes('DNAT'))).toEqual([
      '-A LOCALMESH-SERVICES -d 10.96.0.5/32 -p tcp --dport 80 -m statistic --mode random --probability 0.500000000 -j DNAT --to-destination 10.244.0.2:3000',
      '-A LOCALMESH-SERVICES -d 10.96.0.5/32 -p tcp --dport 80 -j DNAT --to-destination 10.244.0.3:3000',
    ]);
  });

  it('needs no choice for one target, and refuses where there is none', () => {
    const rules = renderNftRules([single, empty], '10.96.0.0/16');
    expect(rules).toContain('ip daddr 10.96.0.6 tcp dport 80 dnat to 10.244.0.2:3000');
    expect(rules).not.toContain('10.96.0.7');
    expect(rules).toContain('ip daddr 10.96.0.0/16 reject');
  });

  it('masks the source where a pod reaches itself', () => {
    expect(renderNftRules([single], '10.96.0.0/16')).toContain(
      'ip saddr 10.244.0.2 ip daddr 10.244.0.2 masquerade',
    );
  });
});
