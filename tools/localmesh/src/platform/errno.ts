/** Whether a thrown value is the operating system's answer of that name, such as `ENOENT`. */
export function hasErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
