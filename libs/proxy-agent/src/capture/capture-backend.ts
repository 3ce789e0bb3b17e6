import type { CaptureConfig, IpFamily } from './capture-config.js';

/** One way to put the rules into the kernel. */
export interface CaptureBackend {
  /** What would be given to the kernel's program on a machine without rules of ours; nothing is touched. */
  readonly render: (config: CaptureConfig, families: readonly IpFamily[]) => string;
  /** Puts the rules in place. Doing it again, also with another configuration, replaces them. */
  readonly apply: (config: CaptureConfig, families: readonly IpFamily[]) => Promise<void>;
  /** Takes all rules of ours away; what is not there is no error. */
  readonly clean: (config: CaptureConfig, families: readonly IpFamily[]) => Promise<void>;
}
