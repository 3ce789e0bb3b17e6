/** Domain of Kubernetes' host names, as Istio's analysis takes it. */
export const clusterDomain = 'cluster.local';
