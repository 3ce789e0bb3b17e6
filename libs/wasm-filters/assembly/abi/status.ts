/** The closed sets of proxy-wasm 0.2.1 that our filters use, as numbers on the wire. */

export namespace Status {
  export const Ok: i32 = 0;
}

export namespace LogLevel {
  export const Warn: i32 = 3;
  export const Error: i32 = 4;
}

export namespace HeaderMap {
  export const Request: i32 = 0;
  export const Response: i32 = 2;
}

export namespace Buffer {
  export const PluginConfiguration: i32 = 7;
}

export namespace Metric {
  export const Counter: i32 = 0;
  export const Gauge: i32 = 1;
  export const Histogram: i32 = 2;
}

/** What a stream callback answers: always go on, telemetry never holds traffic. */
export namespace Action {
  export const Continue: i32 = 0;
}
