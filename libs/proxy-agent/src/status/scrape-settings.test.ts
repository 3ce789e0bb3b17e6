import { describe, expect, it } from 'vitest';
import { readScrapeTargets, type ScrapeTarget } from './scrape-settings.js';

const reserved = { status: 15020, health: 15021, prometheus: 15090 };
const read = (settings: unknown): readonly ScrapeTarget[] =>
  readScrapeTargets(JSON.stringify(settings), reserved);

describe('the scrape settings', () => {
  it('are the annotations of Prometheus', () => {
    expect(read({ scrape: 'true', port: '8080' })).toEqual([{ port: 8080, path: '/metrics' }]);
    expect(read({ scrape: 'true', path: 'numbers' })).toEqual([{ port: 80, path: '/numbers' }]);
    expect(read({ scrape: 'false', port: '8080' })).toEqual([]);
    expect(readScrapeTargets(undefined, reserved)).toEqual([]);
  });

  it('may name several targets, as a list or as the annotation has them', () => {
    const expected = [
      { port: 8080, path: '/metrics' },
      { port: 9100, path: '/custom' },
    ];
    const targets = [{ port: '8080' }, { port: 9100, path: '/custom' }];
    expect(read({ scrape: 'true', port: '1', targets })).toEqual(expected);
    expect(read({ scrape: 'true', targets: ' 8080: , 9100:/custom' })).toEqual(expected);
    expect(read({ scrape: 'true', port: '8080', targets: [] })).toEqual(expected.slice(0, 1));
  });

  it.each([
    [{ scrape: 'true', port: '15020' }, "the proxy's own"],
    [{ scrape: 'true', targets: '8080,015000' }, "the proxy's own"],
    [{ scrape: 'true', targets: [{ path: '/metrics' }] }, 'expected a port number'],
    [{ scrape: 'true', targets: '8080,:/bad' }, 'expected a port number'],
  ])('refuse %j', (settings, reason) => {
    expect(() => read(settings)).toThrow(reason);
  });
});
