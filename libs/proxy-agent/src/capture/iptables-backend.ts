import type { IpFamily } from './capture-config.js';
import type { CaptureBackend } from './capture-backend.js';
import { createCaptureRules } from './capture-rules.js';
import { renderRestore } from './render-restore.js';
import { run } from './run-program.js';
import { parseSavedRules, type SavedRules } from './saved-rules.js';
import { forgetSteering, steerMarkedPackets } from './tproxy-routing.js';

/** The programs of one address family. */
const programs = {
  4: { save: 'iptables-save', restore: 'iptables-restore' },
  6: { save: 'ip6tables-save', restore: 'ip6tables-restore' },
} as const;

/** Rules for `iptables-restore` and `ip6tables-restore`. Each table changes at once, and what is not ours stays. */
export const iptablesBackend: CaptureBackend = {
  render: (config, families) =>
    families.map((family) => renderRestore(createCaptureRules(config, [family]))).join(''),

  async apply(config, families) {
    for (const family of families) {
      const rules = createCaptureRules(config, [family]);
      const saved = parseSavedRules(await saveRules(family), rules, config.tproxyMark);
      await restoreRules(family, renderRestore(rules, saved));
      if (config.mode === 'TPROXY') await steerMarkedPackets(config, family);
    }
  },

  async clean(config, families) {
    for (const family of families) {
      const rules = createCaptureRules(config, [family]);
      const saved: SavedRules = parseSavedRules(await saveRules(family), rules, config.tproxyMark);
      const text = renderRestore([], saved);
      if (text !== '') await restoreRules(family, text);
      await forgetSteering(config, family);
    }
  },
};

function saveRules(family: IpFamily): Promise<string> {
  return run(programs[family].save, []);
}

/** Applies a restore text: each of its tables whole, or not at all. */
async function restoreRules(family: IpFamily, text: string): Promise<void> {
  await run(programs[family].restore, ['--noflush', '--wait', '30'], text);
}
