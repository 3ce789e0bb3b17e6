/** As whom a process of a pod runs: the node's administrator, the proxy's user (exempt from capture), an application. */
export type ProcessUser = 'root' | 'proxy' | { readonly uid: number };

export interface ProcessSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: ProcessUser;
  /** Working directory, as seen inside the pod. */
  readonly cwd: string;
  /** File descriptors of standard output and error, or pipes. */
  readonly output: number | 'pipe';
}

export interface PodProcess {
  /** The process itself, as seen from the node; absent once it ended, or when it could not be started. */
  readonly pid: () => number | undefined;
  readonly stdin: NodeJS.WritableStream | null;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit status; a signal counts as 128 + its number. */
  readonly ended: Promise<number>;
}

export interface SandboxRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly address: string;
  /** The pod's folder on the machine. */
  readonly folder: string;
  readonly hostname: string;
  readonly resolvConf: string;
  readonly mounts: readonly BindMount[];
}

/** A folder of the machine that appears at a path inside the pod. */
export interface BindMount {
  readonly from: string;
  readonly to: string;
}

/** The place where the processes of one pod run. */
export interface Sandbox {
  readonly address: string;
  /** Where the pod's own processes reach each other. */
  readonly localhost: string;
  /** How the pod's own folder is called inside. */
  readonly root: string;
  start(spec: ProcessSpec): PodProcess;
  /** The TCP ports on which something listens inside. */
  listeningPorts(): Promise<ReadonlySet<number>>;
  dispose(): Promise<void>;
}

/** Makes sandboxes: by namespaces, or by loopback addresses where the machine allows no namespaces. */
export interface SandboxFactory {
  /** Whether traffic can be captured inside. */
  readonly captures: boolean;
  create(request: SandboxRequest): Promise<Sandbox>;
}
