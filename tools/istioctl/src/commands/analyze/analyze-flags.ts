import type { Invocation } from '../../command/define-command.js';
import { switchFlag, textFlag, textsFlag, type ChoiceFlag } from '../../command/flags.js';
import { levels, type Level } from './select-issues.js';

export function levelFlag(description: string, fallback: Level): ChoiceFlag<Level> {
  return { kind: 'choice', choices: levels, default: fallback, description };
}

export const analyzeFlags = {
  'all-namespaces': switchFlag('look at all namespaces', false, 'A'),
  'use-kube': switchFlag('look at the running mesh, with the files laid over it', true, 'k'),
  recursive: switchFlag('look into folders inside folders', false, 'R'),
  suppress: textsFlag('CODE=OBJECT', 'do not report a code for an object, "IST0102=Namespace default"', 'S'),
  output: {
    kind: 'choice',
    choices: ['log', 'json', 'yaml'],
    default: 'log',
    short: 'o',
    description: 'output format',
  },
  'failure-threshold': levelFlag('from which level on issues are a failure', 'Error'),
  'output-threshold': levelFlag('from which level on issues are shown', 'Info'),
  'list-analyzers': switchFlag('list the analyzers and do nothing else', false, 'L'),
  meshConfigFile: textFlag('FILE', 'settings of the mesh instead of its own'),
  'ignore-unknown': switchFlag('say nothing of texts that are no manifests'),
  color: switchFlag('colours, on a terminal', true),
  verbose: switchFlag('say also what was not looked at', false, 'v'),
  timeout: textFlag('DURATION', 'how long to wait for the mesh (default 30s)'),
} as const;

export type AnalyzeInvocation = Invocation<typeof analyzeFlags>;
