/** As long as istiod waits for acknowledgements, and some more. */
const patienceMs = 15_000;

interface ChangeReport {
  readonly objects?: readonly { readonly kind: string }[];
  readonly sentMs?: number;
}

/** `sentMs` of the first report of a change of this kind that comes on istiod's `/debug/changes`; undefined where none comes. */
export async function readSentMs(url: string, kind: string): Promise<number | undefined> {
  try {
    const { body } = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    if (body === null) return undefined;
    let rest = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      const reports = lines.map((line) => JSON.parse(line) as ChangeReport);
      const found = reports.find(({ objects = [] }) => objects.some((object) => object.kind === kind));
      if (found !== undefined) return found.sentMs;
    }
  } catch {
    // It does not tell: the figure is left out.
  }
  return undefined;
}
