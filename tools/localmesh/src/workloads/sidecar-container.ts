/** The container that is put into a pod, as its object and its state name it. */
export const sidecarContainer = { name: 'istio-proxy', image: 'istio-ts/proxy' } as const;
