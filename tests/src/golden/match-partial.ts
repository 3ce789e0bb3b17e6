/**
 * Where `got` lacks something of `want`; one line each.
 *
 * Mappings hold at least what is wanted, `null` means absent. A list of mappings with names holds the wanted ones in this order,
 * others may stand between; any other list is equal in length, element by element.
 */
export function matchPartial(want: unknown, got: unknown, at = ''): readonly string[] {
  if (want === null) return got === undefined ? [] : [`${at} is ${show(got)} instead of absent`];
  if (Array.isArray(want)) return Array.isArray(got) ? matchList(want, got, at) : [lacks(want, got, at)];
  if (typeof want !== 'object') return want === got ? [] : [lacks(want, got, at)];
  if (typeof got !== 'object' || got === null) return [lacks(want, got, at)];
  const held = got as Readonly<Record<string, unknown>>;
  return Object.entries(want).flatMap(([field, value]) =>
    matchPartial(value, held[field], at === '' ? field : `${at}.${field}`),
  );
}

function matchList(want: readonly unknown[], got: readonly unknown[], at: string): readonly string[] {
  if (want.length > 0 && want.every(hasName)) return matchNamed(want, got, at);
  if (want.length !== got.length) return [`${at} has ${got.length} elements instead of ${want.length}`];
  return want.flatMap((value, index) => matchPartial(value, got[index], `${at}[${index}]`));
}

interface Named {
  readonly name: string;
}

function matchNamed(want: readonly Named[], got: readonly unknown[], at: string): readonly string[] {
  let from = 0;
  for (const value of want) {
    const found = got.findIndex(
      (candidate, index) => index >= from && matchPartial(value, candidate).length === 0,
    );
    if (found < 0) {
      const nearest = got.find((candidate, index) => index >= from && nameOf(candidate) === value.name);
      return nearest === undefined
        ? [`${at} has no "${value.name}" here, but ${show(got.map(nameOf))}`]
        : matchPartial(value, nearest, `${at}(${value.name})`);
    }
    from = found + 1;
  }
  return [];
}

function hasName(value: unknown): value is Named {
  return typeof nameOf(value) === 'string';
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

function lacks(want: unknown, got: unknown, at: string): string {
  return `${at} is ${show(got)} instead of ${show(want)}`;
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
