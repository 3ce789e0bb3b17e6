/** Retries `attempt` until it does not throw; after `timeoutMs` the last error is thrown. */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  timeoutMs = 10_000,
  everyMs = 25,
): Promise<T> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= endMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}
