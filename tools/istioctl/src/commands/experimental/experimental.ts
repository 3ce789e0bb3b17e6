import { defineGroup } from '../../command/define-command.js';
import { precheckCommand } from './precheck.js';

export const experimentalGroup = defineGroup({
  name: 'experimental',
  aliases: ['x', 'exp'],
  summary: 'Commands that may change or go away',
  commands: [precheckCommand],
});
