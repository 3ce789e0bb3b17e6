import { describe, expect, it } from 'vitest';
import { chooseMode, refusal, renderReport, type MachineReport } from './machine-report.mjs';

const report: MachineReport = {
  capabilities: [
    { name: 'ip', found: true, note: 'makes links', install: 'iproute2' },
    { name: 'newuidmap', found: false, note: 'more than one user id', install: 'uidmap' },
    { name: 'user namespace, sub-ids', found: false, note: 'newuidmap is missing' },
  ],
  workable: ['rootless-one-id', 'loopback'],
  serviceRules: 'nft',
  captureRules: 'iptables',
};

describe('what the machine allows', () => {
  it('is a table with the mode that was chosen, and the package where something is missing', () => {
    expect(renderReport(report.capabilities, chooseMode(report, undefined)).split('\n')).toEqual([
      expect.stringMatching(/^CAPABILITY +FOUND +NOTE +INSTALL$/),
      expect.stringMatching(/^ip +yes +makes links$/),
      expect.stringMatching(/^newuidmap +no +more than one user id +uidmap$/),
      expect.stringMatching(/^user namespace, sub-ids +no +newuidmap is missing$/),
      expect.stringMatching(/^mode +rootless-one-id +pods are namespaces in one user namespace with one id/),
    ]);
  });

  it('decides about a mode that is asked for, and says what to do where it cannot be had', () => {
    expect(chooseMode(report, 'loopback')).toBe('loopback');
    expect(chooseMode(report, 'rootless')).toBeUndefined();
    expect(refusal(report, 'rootless')).toBe(
      'mode "rootless" does not work here; what does: rootless-one-id, loopback. To have more, install: uidmap.',
    );
  });

  it('may be nothing at all', () => {
    expect(refusal({ ...report, workable: [] }, undefined)).toMatch(/no mode works on this machine.*uidmap/);
  });
});
