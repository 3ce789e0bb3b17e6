const known = new Map<string, WeakRef<object>>();
const forgotten = new FinalizationRegistry<string>((content) => {
  if (known.get(content)?.deref() === undefined) known.delete(content);
});

/**
 * The one object of this content: for small plain values (classes of proxies, modes, shapes) that serve as identities. It
 * lives as long as somebody holds it. Fields must be written in one order, and hold text, numbers, booleans, arrays and
 * plain objects only.
 */
export function intern<T extends object>(value: T): T {
  const content = JSON.stringify(value);
  const found = known.get(content)?.deref();
  if (found !== undefined) return found as T;
  known.set(content, new WeakRef(value));
  forgotten.register(value, content);
  return value;
}
