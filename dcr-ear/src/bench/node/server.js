// node-oidc-provider as a peer of the benchmark: registration and management are on, everything is kept in PostgreSQL.
// The address of the database is in DATABASE_URL, the port in PORT.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { open } from './adapter.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const port = Number(process.env.PORT);
const provider = new Provider(`http://localhost:${port}`, {
  adapter: await open(process.env.DATABASE_URL),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  clientAuthMethods: ['client_secret_basic', 'private_key_jwt', 'none'],
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true, initialAccessToken: false },
    // an update leaves the token as it is, as it does at the server that is measured
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: false },
  },
  cookies: { keys: ['benchmark'] },
});
createServer({ keepAliveTimeout: 60_000 }, provider.callback()).listen(port, 'localhost');
