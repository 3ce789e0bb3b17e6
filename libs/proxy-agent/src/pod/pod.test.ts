import { describe, expect, it } from 'vitest';
import { parseDownwardFile } from './downward-file.js';
import { readPodIdentity } from './pod-environment.js';
import { durationField, numberField, objectField, resolveProxyConfig } from './proxy-config.js';

describe('what a pod is told', () => {
  it('reads labels and annotations with quotes, equals signs and line ends inside', () => {
    const text = 'app="webapp"\nnote="a=\\"b\\"\\nc"\nnonsense\n';
    expect(parseDownwardFile(text)).toEqual({ app: 'webapp', note: 'a="b"\nc' });
  });

  it('names all missing variables at once', () => {
    expect(() => readPodIdentity({ POD_NAME: 'x' })).toThrow('POD_NAMESPACE, INSTANCE_IP');
  });

  it('lays the pod over the mesh over the defaults, field by field', () => {
    const config = resolveProxyConfig({
      mesh: 'accessLogFile: /dev/stdout\ndefaultConfig:\n  concurrency: 4\n  proxyMetadata: { A: mesh, B: mesh }\n',
      overlay: '{"proxyMetadata":{"B":"pod"}}',
    });
    expect(numberField(config, 'concurrency')).toBe(4);
    expect(objectField(config, 'proxyMetadata')).toEqual({ A: 'mesh', B: 'pod' });
    expect(durationField(config, 'terminationDrainDuration')).toBe(5000);
  });

  it('says which text is broken', () => {
    expect(() => resolveProxyConfig({ overlay: '{' })).toThrow('PROXY_CONFIG cannot be read');
    expect(() => resolveProxyConfig({ mesh: '[]' })).toThrow('the mesh configuration');
    expect(() => durationField({ drainDuration: 'soon' }, 'drainDuration')).toThrow(
      'drainDuration is "soon"',
    );
  });

  it.each(['soon', '5', '-1s'])('refuses the duration %j', (drainDuration) => {
    expect(() => durationField({ drainDuration }, 'drainDuration')).toThrow('expected a duration');
  });
});
