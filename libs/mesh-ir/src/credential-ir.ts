/** A certificate with its key, or authorities, that a proxy asks for by name. */
export interface CredentialIr {
  readonly name: string;
  /** Name of the cluster of the external SDS server that has it; undefined: the control plane has it. */
  readonly server: string | undefined;
}
