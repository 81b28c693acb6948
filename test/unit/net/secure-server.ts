import { once } from 'node:events';
import https from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** For localhost and 127.0.0.1, vouched for by nobody but itself; it protects nothing. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUWkRpnddU0seg6IJYMCuCdvthzqkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAxNDAwM1oYDzIxMjYxMDMw
MDE0MDAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATnKrwf6aqnOngEJSVzQJNhknv4zycssB4yUHgFAG1S7hY3K2YpzN/7
SxSNLP1oQ+oMf1oYnEmJkXpRlyQJjkX+o28wbTAdBgNVHQ4EFgQUg6vs/KhxLm17
sf3mtlLSU5ULEoUwHwYDVR0jBBgwFoAUg6vs/KhxLm17sf3mtlLSU5ULEoUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAOlTbGDmHHZE+ZQnX7AgmK4NUnoUOmp0r4klS8upEY8EAiEA
0yeqn5OrLEbcVKkbVknfEcdmqStYCsm6AHNkU+JATdQ=
-----END CERTIFICATE-----
`;

/** The same for clips.example. */
export const foreignCertificate = `-----BEGIN CERTIFICATE-----
MIIBoTCCAUegAwIBAgIUQzNO4X6heWBrhY2MMYLE8O65VrYwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNY2xpcHMuZXhhbXBsZTAgFw0yNjExMjMwMTU1NDhaGA8yMTI2
MTAzMDAxNTU0OFowGDEWMBQGA1UEAwwNY2xpcHMuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABOcqvB/pqqc6eAQlJXNAk2GSe/jPJyywHjJQeAUAbVLu
FjcrZinM3/tLFI0s/WhD6gx/WhicSYmRelGXJAmORf6jbTBrMB0GA1UdDgQWBBSD
q+z8qHEubXux/ea2UtJTlQsShTAfBgNVHSMEGDAWgBSDq+z8qHEubXux/ea2UtJT
lQsShTAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDWNsaXBzLmV4YW1wbGUw
CgYIKoZIzj0EAwIDSAAwRQIhAI+57n+h1lOMPUgdWFp405BDKeRBUXv6FLCaLzst
92rIAiBM93JWIF62PeaC3O8OpeUj64RnJjtcXURu6u/efu3n3A==
-----END CERTIFICATE-----
`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3leYpR/OHWy+WDyJ
WqkKMgSMn47PmL9pdXNSShqJerahRANCAATnKrwf6aqnOngEJSVzQJNhknv4zycs
sB4yUHgFAG1S7hY3K2YpzN/7SxSNLP1oQ+oMf1oYnEmJkXpRlyQJjkX+
-----END PRIVATE KEY-----
`;

/** A real HTTPS server on this machine whose certificate nobody trusts. */
export async function secureServer(
  answer: RequestListener,
  cert = certificate,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = https.createServer({ key: privateKey, cert }, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
