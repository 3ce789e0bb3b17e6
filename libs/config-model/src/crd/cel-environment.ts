import {
  celEnv,
  celFunc,
  celMethod,
  CelScalar,
  isCelError,
  mapType,
  parse,
  plan,
  type CelInput,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';

/** A URL as its parts by name: CEL of the API server has a type for it, of which CRDs ask the scheme alone. */
const urlType = mapType(CelScalar.STRING, CelScalar.STRING);

const environment = celEnv({
  variables: { self: CelScalar.DYN },
  funcs: [
    ...strings,
    celFunc('isURL', [CelScalar.STRING], CelScalar.BOOL, (text) => URL.canParse(text)),
    celFunc('url', [CelScalar.STRING], urlType, (text) => {
      return new Map([['scheme', new URL(text).protocol.slice(0, -1)]]);
    }),
    celMethod('getScheme', urlType, [], CelScalar.STRING, function () {
      const scheme = this.get('scheme');
      return typeof scheme === 'string' ? scheme : '';
    }),
  ],
});

/** Whether a rule holds for a value; a rule that cannot be evaluated (no duration, no URL) does not. */
export type Holds = (self: CelInput) => boolean;

const planned = new Map<string, Holds>();

/** Compiled once a rule. */
export function planRule(rule: string): Holds {
  const found = planned.get(rule);
  if (found !== undefined) return found;
  const evaluate = plan(environment, parse(rule));
  const holds: Holds = (self) => {
    const outcome = evaluate({ self });
    return !isCelError(outcome) && outcome === true;
  };
  planned.set(rule, holds);
  return holds;
}

/** Why a text is no expression, or undefined where it is one. */
export function expressionFault(expression: string): string | undefined {
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  }
}
