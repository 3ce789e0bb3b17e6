import type { CaptureBackend } from './capture-backend.js';
import { createCaptureRules } from './capture-rules.js';
import { renderNft, renderNftRemoval } from './render-nft.js';
import { run } from './run-program.js';
import { forgetSteering, steerMarkedPackets } from './tproxy-routing.js';

/** Rules for `nft`, in tables of our own: they change in one transaction, and nothing of others is looked at. */
export const nftablesBackend: CaptureBackend = {
  render: (config, families) => renderNft(createCaptureRules(config, families)),

  async apply(config, families) {
    await runScript(`${renderNftRemoval()}${renderNft(createCaptureRules(config, families))}`);
    if (config.mode !== 'TPROXY') return;
    for (const family of families) await steerMarkedPackets(config, family);
  },

  async clean(config, families) {
    await runScript(renderNftRemoval());
    for (const family of families) await forgetSteering(config, family);
  },
};

async function runScript(script: string): Promise<void> {
  await run('nft', ['-f', '-'], script);
}
