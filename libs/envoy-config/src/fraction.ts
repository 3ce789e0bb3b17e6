import { core, type } from '@istio-ts/xds-types';

/** Per cent, with fractions down to one in a million. */
export function fractionalPercent(percent: number): type.FractionalPercent {
  return type.FractionalPercent.create({
    numerator: Math.round(percent * 10_000),
    denominator: type.FractionalPercent_DenominatorType.MILLION,
  });
}

export function runtimeFraction(percent: number): core.RuntimeFractionalPercent {
  return core.RuntimeFractionalPercent.create({ defaultValue: fractionalPercent(percent) });
}
