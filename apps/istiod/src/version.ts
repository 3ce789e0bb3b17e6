/** This program's own version. */
export const ownVersion = '0.1.0';
/** The Istio API level that is implemented. */
export const istioApiLevel = '1.29.0';
