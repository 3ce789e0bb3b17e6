/**
 * What is assumed where a field of a DestinationRule is absent. Fields that are not here have no default of Istio's: they
 * are left to Envoy, or to mesh settings (`connectTimeout`, `tcpKeepalive`, `localityLbSetting`).
 */
export const destinationRuleDefaults = {
  /** `consistentHash` without `ringHash` or `maglev`. */
  minimumRingSize: 1024,
  warmup: { minimumPercent: 10, aggression: 1 },
} as const;
