import {
  createCertificateRequest,
  createKeyPair,
  noSubjectNames,
  parseCertificateRequest,
} from '@istio-ts/pki';
import type { CertificateAuthority } from '@istio-ts/pki';

/** After these the code is compiled, as far as it will be for so few. */
const rounds = 12;
const nobody = { trustDomain: 'rehearsal', namespace: 'nobody', serviceAccount: 'nobody' };

/**
 * Signs a request of nobody a few times and lets the certificates go. The first signatures take ten times as long as later
 * ones, and after a restart they are asked for while all proxies connect.
 */
export async function rehearseSigning(authority: CertificateAuthority): Promise<void> {
  const csr = await createCertificateRequest(await createKeyPair(), noSubjectNames);
  for (let round = 0; round < rounds; round += 1)
    await authority.sign(await parseCertificateRequest(csr), nobody, 1);
}
