import { describe, expect, it } from 'vitest';
import { shortReason } from './short-reason.js';

describe('the reason why a call failed', () => {
  it('is what happened, without the history of the connection', () => {
    const details =
      'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:15012. Resolution note: ';
    expect(shortReason(Object.assign(new Error(`14 UNAVAILABLE: ${details}`), { details }))).toBe(
      'connect ECONNREFUSED 127.0.0.1:15012',
    );
    expect(
      shortReason(Object.assign(new Error('16 UNAUTHENTICATED: x'), { details: 'the token has expired' })),
    ).toBe('the token has expired');
    expect(shortReason('gone')).toBe('gone');
  });
});
