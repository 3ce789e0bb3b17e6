/** The semicolon ends the name in statistics, so that the extraction of labels finds where it stops. */
export function statName(cluster: string): string {
  return `${cluster};`;
}
