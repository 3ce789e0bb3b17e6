import { describe, expect, it } from 'vitest';
import { re2Fault } from './re2-syntax.js';

describe('re2Fault', () => {
  it.each([
    ...['', 'a.*b', '^/v[12]/(?:a|b)+$', '(?i)abc(?-i:D)', '(?P<name>a)(?<other>b)', 'a{2}b{2,}c{2,1000}'],
    ...['a{b}', 'x{,5}', 'a]b', '[]a]', '[^]]', '[a-z\\d_-]', '[[:alpha:][:^digit:]]', '[\\x41-\\x{5A}]'],
    ...['\\Q(\\E', '\\pL\\p{Greek}\\P{^Lu}', '\\A\\b\\z', '\\077\\12', 'a??b*?c+?', '\\/\\-\\.', 'é|ü'],
  ])('takes %j', (pattern) => {
    expect(re2Fault(pattern)).toBeUndefined();
  });

  it.each<readonly [string, string]>([
    ['(?=a)', '"(?=" begins no group that RE2 has: it knows no look-around'],
    ['(?<!a)', '"(?<" begins no group that RE2 has: it knows no look-around'],
    ['(?>a)', '"(?>" begins no group that RE2 has: it knows no look-around'],
    ['(a)\\1', '"\\1" refers back to a group, which RE2 does not have'],
    ['\\y', '"\\y" is no escape that RE2 has'],
    ['\\p{Klingon}', '"\\p" is no escape that RE2 has'],
    ['a\\', 'it ends with a "\\" that escapes nothing'],
    ['(a', 'a ")" is missing'],
    ['a)', 'a "(" is missing'],
    ['[a', 'a "]" is missing'],
    ['[z-a]', '"z-a" is a range that ends before it begins'],
    ['[[:vowel:]]', '"[:vowel:]" is no class'],
    ['*', '"*" has nothing to repeat'],
    ['(|+)', '"+" has nothing to repeat'],
    ['a**', '"*" has nothing to repeat'],
    ['a++', '"+" has nothing to repeat'],
    ['a{1001}', '"{1001}" is no repetition that RE2 takes (1000 at most)'],
    ['a{3,2}', '"{3,2}" is no repetition that RE2 takes (1000 at most)'],
    ['(?P<a>x)(?P<a>y)', 'two groups have the name "a"'],
  ])('refuses %j and says why', (pattern, fault) => {
    expect(re2Fault(pattern)).toBe(fault);
  });
});
