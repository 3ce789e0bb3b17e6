import { expect, test } from 'vitest';
import { longCertificate, shortCertificate } from '../testing/certificates.js';
import { readValidity } from './certificate-validity.js';

test('a certificate says from when until when it is valid, in either form of time', () => {
  const notBeforeMs = Date.UTC(2026, 10, 24, 12, 4, 26);
  expect(readValidity(shortCertificate)).toEqual({
    notBeforeMs,
    notAfterMs: Date.UTC(2027, 10, 24, 12, 4, 26),
  });
  expect(readValidity(longCertificate)).toEqual({
    notBeforeMs,
    notAfterMs: Date.UTC(2081, 7, 27, 12, 4, 26),
  });
  expect(readValidity(`# the chain\n${shortCertificate}\n${longCertificate}`)?.notAfterMs).toBe(
    Date.UTC(2027, 10, 24, 12, 4, 26),
  );
});

test.each([
  ['nothing', ''],
  ['a word', 'hush'],
  ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
  ['a block of something else', '-----BEGIN CERTIFICATE-----\naHVzaA==\n-----END CERTIFICATE-----'],
  ['no base64', '-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----'],
  ['another end', shortCertificate.replace('END CERTIFICATE', 'END KEY')],
  ['one that is cut off', shortCertificate.replace(/\nGzEZ[^]*?HQ/u, '\nHQ')],
])('%s is no certificate', (_what, text) => {
  expect(readValidity(text)).toBeUndefined();
});

test('whatever bytes stand in a block, reading ends', () => {
  const bytes = atob(shortCertificate.replace(/-----[^-]+-----|\s/gu, ''));
  for (let index = 0; index < bytes.length; index += 1) {
    for (const value of [0x00, 0x30, 0x80, 0x84, 0xff]) {
      const changed = bytes.slice(0, index) + String.fromCharCode(value) + bytes.slice(index + 1);
      const pem = `-----BEGIN CERTIFICATE-----\n${btoa(changed)}\n-----END CERTIFICATE-----`;
      expect(() => readValidity(pem)).not.toThrow();
    }
  }
});
