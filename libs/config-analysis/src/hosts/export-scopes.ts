/** The scope that every namespace is in. */
export const everywhere = '*';

/** Where an object is seen from: `*`, or names of namespaces; `.` is the object's own. */
export function exportScopes(exportTo: readonly string[] = [], namespace: string): readonly string[] {
  if (exportTo.length === 0 || exportTo.includes(everywhere)) return [everywhere];
  return [...new Set(exportTo.map((each) => (each === '.' ? namespace : each)))];
}
