import { eventually } from '@istio-ts/testkit';

/** Lines of `/debug/changes` from now on. */
export async function readFeed(port: number): Promise<{ next(): Promise<unknown> }> {
  const { body } = await fetch(`http://127.0.0.1:${port}/debug/changes`);
  const lines: unknown[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of body ?? []) {
      rest += Buffer.from(chunk as Uint8Array).toString('utf8');
      const parts = rest.split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) lines.push(JSON.parse(part));
    }
  };
  read().catch(() => undefined);
  return {
    next: () =>
      eventually(
        () => {
          const line = lines.shift();
          if (line === undefined) throw new Error('no line came');
          return line;
        },
        5000,
        5,
      ),
  };
}
