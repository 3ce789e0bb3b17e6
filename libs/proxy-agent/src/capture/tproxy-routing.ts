import type { CaptureConfig, IpFamily } from './capture-config.js';
import { run } from './run-program.js';

/** TPROXY delivers locally what is not addressed here: the routing table says that everything marked is local. */
export async function steerMarkedPackets(config: CaptureConfig, family: IpFamily): Promise<void> {
  await forgetSteering(config, family);
  const table = String(config.tproxyRouteTable);
  await run('ip', [`-${family}`, 'rule', 'add', 'fwmark', String(config.tproxyMark), 'lookup', table]);
  await run('ip', [`-${family}`, 'route', 'add', 'local', 'default', 'dev', 'lo', 'table', table]);
}

/** What is not there is no error. */
export async function forgetSteering(config: CaptureConfig, family: IpFamily): Promise<void> {
  const table = String(config.tproxyRouteTable);
  const mark = String(config.tproxyMark);
  const ignore = (): undefined => undefined;
  await run('ip', [`-${family}`, 'rule', 'del', 'fwmark', mark, 'lookup', table]).catch(ignore);
  await run('ip', [`-${family}`, 'route', 'flush', 'table', table]).catch(ignore);
}
