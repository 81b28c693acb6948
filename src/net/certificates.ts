import tls from 'node:tls';

/** Node's own certificates and the system's, as VS Code's own fetch trusts; absent on older Nodes. */
export function systemCertificates(): string[] | undefined {
  if (typeof tls.getCACertificates !== 'function') return undefined;
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}
