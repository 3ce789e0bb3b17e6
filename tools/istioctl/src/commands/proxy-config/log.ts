import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { defineCommand } from '../../command/define-command.js';
import { outputFlag, switchFlag, textFlag } from '../../command/flags.js';
import { findWorkload, selectPods } from '../../mesh/find-workload.js';
import { renderPodName, type MeshAccess, type MeshPod } from '../../mesh/mesh-access.js';
import { loggerNames, loggingPaths, parseLevels } from '../../summaries/loggers.js';
import { workload } from './dump-source.js';

/** The level of every logger of a fresh proxy. */
const defaultLevel = 'warning';

export const logCommand = defineCommand({
  name: 'log',
  aliases: ['o'],
  summary: 'The log levels of a proxy, which it also sets',
  examples: [
    { text: 'Read them', command: 'istioctl proxy-config log deploy/istio-ingressgateway -n istio-system' },
    { text: 'Set some', command: 'istioctl pc log deploy/webapp --level http:debug,router:debug' },
    { text: 'Set all back', command: 'istioctl pc log deploy/webapp --reset' },
  ],
  positionals: [workload],
  flags: {
    output: outputFlag('short'),
    level: textFlag(
      'LEVELS',
      'LOGGER:LEVEL,… or one level for all: trace, debug, info, warning, error, critical, off',
    ),
    reset: { ...switchFlag(`all loggers back to ${defaultLevel}`), short: 'r' },
    selector: textFlag('SELECTOR', 'all pods of the namespace with these labels', 'l'),
  },
  run: async ({ flags, positionals, global, io }) => {
    const [reference] = positionals;
    if (reference === undefined && flags.selector === undefined)
      throw usage('log requires pod name or --selector');
    if (reference !== undefined && flags.selector !== undefined)
      throw usage('name either a pod or a --selector');
    if (flags.reset && flags.level !== undefined) throw usage('--level cannot be combined with --reset');
    const mesh = io.openMesh(global.mesh);
    const pods = await mesh.pods();
    const chosen =
      flags.selector === undefined
        ? [findWorkload(pods, reference ?? '', global.namespace)]
        : selectPods(pods, flags.selector, global.namespace);
    if (chosen.length === 0)
      throw usage(`no pod of namespace "${global.namespace}" has labels ${flags.selector ?? ''}`);
    const level = flags.reset ? defaultLevel : flags.level;
    for (const pod of chosen) {
      const title = chosen.length > 1 ? `${renderPodName(pod)}:\n` : '';
      io.writeOut(`${title}${await setLevels(mesh, pod, level)}`);
    }
  },
});

/** @returns the levels in force afterwards, as Envoy lists them */
async function setLevels(mesh: MeshAccess, pod: MeshPod, level: string | undefined): Promise<string> {
  let answer = await mesh.askProxy(pod, { method: 'POST', path: 'logging' });
  if (level === undefined) return answer;
  for (const path of loggingPaths(parseLevels(level, loggerNames(answer)))) {
    answer = await mesh.askProxy(pod, { method: 'POST', path });
  }
  return answer;
}

function usage(message: string): MeshError {
  return new MeshError(MeshErrorCode.Usage, message);
}
