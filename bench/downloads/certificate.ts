import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/**
 * A certificate for 127.0.0.1 that vouches for itself, as two files in `folder`; absent where there
 * is no `openssl` to make one.
 */
export async function makeCertificate(folder: string): Promise<Certificate | undefined> {
  const files = { certificate: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  try {
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'],
      ...['-keyout', files.key, '-out', files.certificate],
    ]);
    return files;
  } catch {
    return undefined;
  }
}
