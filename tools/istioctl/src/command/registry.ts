import { analyzeCommand } from '../commands/analyze/analyze.js';
import { experimentalGroup } from '../commands/experimental/experimental.js';
import { proxyConfigGroup } from '../commands/proxy-config/proxy-config.js';
import { proxyStatusCommand } from '../commands/proxy-status/proxy-status.js';
import { validateCommand } from '../commands/validate/validate.js';
import type { Node } from './define-command.js';

/** Everything that istioctl can do, in the order of the help. */
export const commands: readonly Node[] = [
  proxyStatusCommand,
  proxyConfigGroup,
  analyzeCommand,
  validateCommand,
  experimentalGroup,
];
