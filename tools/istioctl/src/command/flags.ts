interface FlagBase {
  readonly description: string;
  /** One letter. */
  readonly short?: string;
}

export interface TextFlag extends FlagBase {
  readonly kind: 'text';
  /** What stands for the value in the help, `NAME`. */
  readonly valueName: string;
}

/** May be given several times. */
export interface TextsFlag extends FlagBase {
  readonly kind: 'texts';
  readonly valueName: string;
}

export interface NumberFlag extends FlagBase {
  readonly kind: 'number';
  readonly default: number;
}

export interface SwitchFlag extends FlagBase {
  readonly kind: 'switch';
  readonly default: boolean;
}

export interface ChoiceFlag<C extends string = string> extends FlagBase {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default: C;
}

export type Flag = TextFlag | TextsFlag | NumberFlag | SwitchFlag | ChoiceFlag;

/** Flags of a command by their long names, as typed on the command line. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** What a command is given for its flags. A text that was not given is `undefined`, texts are an empty list. */
export type FlagValues<F extends FlagTable> = {
  readonly [N in keyof F]: F[N] extends ChoiceFlag<infer C>
    ? C
    : F[N] extends NumberFlag
      ? number
      : F[N] extends SwitchFlag
        ? boolean
        : F[N] extends TextsFlag
          ? readonly string[]
          : string | undefined;
};

export function textFlag(valueName: string, description: string, short?: string): TextFlag {
  return { kind: 'text', valueName, description, ...(short !== undefined && { short }) };
}

export function textsFlag(valueName: string, description: string, short?: string): TextsFlag {
  return { kind: 'texts', valueName, description, ...(short !== undefined && { short }) };
}

export function switchFlag(description: string, fallback = false, short?: string): SwitchFlag {
  return { kind: 'switch', description, default: fallback, ...(short !== undefined && { short }) };
}

/** The forms in which a command prints; the first is the one it takes when nobody asks. */
export function outputFlag<C extends string>(...choices: readonly [C, ...C[]]): ChoiceFlag<C> {
  return { kind: 'choice', choices, default: choices[0], short: 'o', description: 'output format' };
}

/** A port to filter by; 0 is every port. */
export const portFlag: NumberFlag = { kind: 'number', default: 0, description: 'only this port' };
