const listening = '0A';

/** The ports in state LISTEN in a `/proc/<pid>/net/tcp` or `tcp6` table. */
export function parseListeningPorts(table: string): ReadonlySet<number> {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const ports = rows
    .filter((row) => row[3] === listening)
    .map((row) => parseInt(row[1]?.split(':')[1] ?? '', 16));
  return new Set(ports.filter((port) => Number.isInteger(port)));
}
