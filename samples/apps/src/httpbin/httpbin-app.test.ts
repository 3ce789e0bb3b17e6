import { describe, expect, it } from 'vitest';
import { createHttpbin } from './httpbin-app.js';

describe('httpbin', () => {
  const app = createHttpbin(() => undefined);

  it('echoes headers with capitalised names', async () => {
    const answer = await app.inject({ url: '/headers', headers: { 'x-request-id': '1' } });
    expect(answer.json()).toMatchObject({ headers: { 'X-Request-Id': '1' } });
  });

  it('answers the status that is asked for, and refuses what is none', async () => {
    expect((await app.inject('/status/503')).statusCode).toBe(503);
    expect((await app.inject('/status/hello')).statusCode).toBe(400);
  });

  it('echoes a posted body', async () => {
    const answer = await app.inject({ method: 'POST', url: '/post', payload: { a: 1 } });
    expect(answer.json()).toMatchObject({ data: '{"a":1}', json: { a: 1 } });
  });
});
