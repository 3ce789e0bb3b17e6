import { describe, expect, it } from 'vitest';
import type { ServiceAnswer, ServiceCall } from '../call-service.js';
import { createWebapp } from './webapp-app.js';

type Answers = Readonly<Record<string, Partial<ServiceAnswer>>>;

function webapp(answers: Answers) {
  const calls: { readonly url: string; readonly call: ServiceCall | undefined }[] = [];
  const app = createWebapp({
    catalog: 'http://catalog',
    forum: 'http://forum',
    log: () => undefined,
    call: (url, call) => {
      calls.push({ url: url.href, call });
      const answer = answers[url.href];
      if (answer === undefined) return Promise.reject(new Error(`nothing answers at ${url.href}`));
      return Promise.resolve({ status: 200, headers: {}, body: '', ...answer });
    },
  });
  return { app, calls };
}

const items = JSON.stringify([{ id: 1, name: 'Elinor Glasses' }]);

describe('webapp', () => {
  it('passes on what the catalog answers', async () => {
    const answer = await webapp({ 'http://catalog/items': { body: items } }).app.inject('/api/catalog');
    expect([answer.statusCode, answer.body]).toEqual([200, items]);
  });

  it('answers 500 with a plain sentence when the catalog fails', async () => {
    const answer = await webapp({ 'http://catalog/items': { status: 500 } }).app.inject('/api/catalog');
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      500,
      'text/plain',
      'error calling Catalog service',
    ]);
  });

  it('hands on trace, cohort and authorization headers, and no other', async () => {
    const { app, calls } = webapp({ 'http://catalog/items': { body: items } });
    const headers = {
      'x-istio-cohort': 'internal',
      authorization: 'Bearer t',
      'x-b3-traceid': '7',
      cookie: 'c=1',
    };
    await app.inject({ url: '/api/catalog', headers });
    expect(calls[0]?.call?.headers).toEqual({
      'x-istio-cohort': 'internal',
      authorization: 'Bearer t',
      'x-b3-traceid': '7',
    });
  });

  it('creates items, and refuses what is none', async () => {
    const { app } = webapp({ 'http://catalog/items': { status: 201, body: '{"id":5}' } });
    const created = await app.inject({ method: 'POST', url: '/api/catalog/items', payload: { name: 'Hat' } });
    const refused = await app.inject({ method: 'POST', url: '/api/catalog/items', payload: {} });
    expect([created.statusCode, created.body]).toEqual([200, 'null']);
    expect([refused.statusCode, refused.body]).toEqual([400, 'Invalid CatalogItem']);
  });

  it('shows the page although the forum is away', async () => {
    const page = await webapp({ 'http://catalog/items': { body: items } }).app.inject('/');
    expect(page.body).toContain('Elinor Glasses');
    expect(page.body).toContain('Forum is currently not available');
  });
});
