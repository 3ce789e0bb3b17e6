import { expect, test } from 'vitest';
import { sizeName } from '../scenario/sizes.js';
import { parseBenchOptions } from './bench-options.js';

function sizesOf(...argv: readonly string[]): readonly string[] {
  return parseBenchOptions(argv).sizes.map(sizeName);
}

test('sizes are the small ones and the main case, unless told otherwise', () => {
  expect(sizesOf()).toEqual(['100x100', '1000x100', '1000x1000']);
  expect(sizesOf('--quick')).toEqual(['100x100', '1000x100']);
  expect(sizesOf('--size', '50x3', '--size', '100x7')).toEqual(['50x3', '100x7']);
  expect(sizesOf('--quick', '--large')).toEqual(['100x100', '1000x100', '1000x2000']);
});

test('everything is measured, or one part alone', () => {
  expect(parseBenchOptions([]).parts).toEqual(['proxies', 'config', 'filter']);
  expect(parseBenchOptions(['--only', 'config', '--large']).parts).toEqual(['config']);
  expect(parseBenchOptions(['--only', 'filter']).parts).toEqual(['filter']);
  expect(() => parseBenchOptions(['--only', 'istiod'])).toThrow('--only config');
});

test('what is not known is refused with what may be written', () => {
  expect(() => parseBenchOptions(['--size', 'big'])).toThrow('write services x proxies');
  expect(() => parseBenchOptions(['--fast'])).toThrow('--quick');
});
