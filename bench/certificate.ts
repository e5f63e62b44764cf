/** What a host needs to speak TLS, and by which the browser knows it: browsers speak HTTP/2 over nothing else. */
import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the public key, in base64: with it, Chromium takes the certificate for one that it trusts. */
  readonly spki: string;
}

/** A certificate of this machine for the time of a run, of the kind and size that hosts use today. */
export async function certificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' });
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key, cert, spki: createHash('sha256').update(spki).digest('base64') };
}
