/**
 * The user's object that a piece of configuration came from: for `filter_metadata.istio.config`, for blame after a
 * rejection, and for issues.
 */
export interface OriginIr {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `/apis/networking.istio.io/v1/namespaces/default/virtual-service/reviews` */
  readonly path: string;
}

/** One service as clusters and statistics name it. */
export interface ServiceRefIr {
  readonly host: string;
  readonly name: string;
  readonly namespace: string;
}
