import { describe, expect, it } from 'vitest';
import { BlowUp } from './blow-up.js';
import { createCatalog } from './catalog-app.js';

const silent = () => undefined;

describe('catalog', () => {
  it('answers item 1 with the facts that walk-throughs rely on', async () => {
    const answer = await createCatalog({ withImages: false, log: silent }).inject('/items/1');
    expect(answer.json()).toEqual({
      id: 1,
      color: 'amber',
      department: 'Eyewear',
      name: 'Elinor Glasses',
      price: '282.00',
    });
  });

  it('answers four items in 502 bytes, and in 698 with images', async () => {
    const v1 = await createCatalog({ withImages: false, log: silent }).inject('/items');
    const v2 = await createCatalog({ withImages: true, log: silent }).inject('/items');
    expect(v1.json()).toHaveLength(4);
    expect([v1.headers['content-length'], v2.headers['content-length']]).toEqual(['502', '698']);
    expect(v2.json<{ imageUrl?: string }[]>().every(({ imageUrl }) => imageUrl !== undefined)).toBe(true);
  });

  it('logs method, host, path, status and length', async () => {
    const lines: string[] = [];
    const app = createCatalog({ withImages: false, log: (line) => lines.push(line) });
    await app.inject({ url: '/items', headers: { host: 'catalog.istioinaction:80' } });
    expect(lines).toEqual([
      expect.stringMatching(/^GET catalog\.istioinaction:80 \/items 200 502 - [\d.]+ ms$/),
    ]);
  });

  it('fails items, and nothing else, while blown up', async () => {
    const app = createCatalog({ withImages: false, log: silent });
    const switched = await app.inject({
      method: 'POST',
      url: '/blowup',
      payload: { active: true, type: '500' },
    });
    expect(switched.body).toBe('blowups=[object Object]');
    expect((await app.inject('/items')).statusCode).toBe(500);
    expect((await app.inject('/blowup')).statusCode).toBe(200);
    await app.inject({ method: 'DELETE', url: '/blowup' });
    expect((await app.inject('/items')).statusCode).toBe(200);
  });

  it('hits the share of requests that the switch says', () => {
    const draws = [0.1, 0.49, 0.5, 0.9];
    const blowUp = new BlowUp(() => draws.shift() ?? 0);
    blowUp.set({ active: true, type: '500', percentage: 50 });
    expect([1, 2, 3, 4].map(() => blowUp.effectOn('/items').kind)).toEqual([
      'status',
      'status',
      'none',
      'none',
    ]);
  });

  it('draws a volatile latency anew for each request', () => {
    const draws = [0, 0.25, 0, 0.75];
    const blowUp = new BlowUp(() => draws.shift() ?? 0);
    blowUp.set({ active: true, type: 'latency', volatile: true });
    expect([blowUp.effectOn('/items'), blowUp.effectOn('/items')]).toEqual([
      { kind: 'delay', delayMs: 250 },
      { kind: 'delay', delayMs: 750 },
    ]);
  });
});
