// Client libraries that others wrote, against the server at DCR_URL, whose administrator is ADMIN_TOKEN.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';

const { DCR_URL, ADMIN_TOKEN } = process.env;
const plainHttp = { [oauth.allowInsecureRequests]: true };
const metadata = Object.freeze({
  client_name: 'Example',
  'client_name#fr': 'Exemple',
  redirect_uris: ['https://client.example/cb'],
  post_logout_redirect_uris: ['https://client.example/bye'],
  grant_types: ['authorization_code', 'refresh_token'],
  id_token_signed_response_alg: 'ES256',
  require_auth_time: true,
  default_max_age: 3600,
});

/** The authorization server of which the registration endpoint is a part, as far as these libraries look at it. */
let authorizationServer;
let discovery;

before(async () => {
  discovery = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(authorizationServer));
  });
  await new Promise((listening) => discovery.listen(0, '127.0.0.1', listening));
  authorizationServer = {
    issuer: `http://127.0.0.1:${discovery.address().port}`,
    registration_endpoint: `${DCR_URL}/register`,
  };
});

after(() => discovery.close());

async function initialAccessToken() {
  const response = await fetch(`${DCR_URL}/admin/initial-access-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return (await response.json()).initial_access_token;
}

function assertHolds(client, members) {
  for (const [name, value] of Object.entries(members)) assert.deepEqual(client[name], value, name);
}

async function register(client) {
  const options = { ...plainHttp, initialAccessToken: await initialAccessToken() };
  const response = await oauth.dynamicClientRegistrationRequest(authorizationServer, client, options);
  return oauth.processDynamicClientRegistrationResponse(response);
}

function manage(client, method, update) {
  return oauth.protectedResourceRequest(
    client.registration_access_token,
    method,
    new URL(client.registration_client_uri),
    new Headers(update && { 'content-type': 'application/json' }),
    update && JSON.stringify(update),
    plainHttp,
  );
}

test('openid-client discovers the endpoint and registers', async () => {
  const configuration = await openid.dynamicClientRegistration(
    new URL(authorizationServer.issuer),
    metadata,
    undefined,
    { initialAccessToken: await initialAccessToken(), execute: [openid.allowInsecureRequests] },
  );
  const client = configuration.clientMetadata();
  assertHolds(client, metadata);
  assert.match(client.client_id, /^[\w-]{22,36}$/);
  assert.equal(client.client_secret_expires_at, 0);
  assert.deepEqual(client.response_types, ['code']);
});

test('openid-client is told who may not register', async () => {
  const options = { execute: [openid.allowInsecureRequests] };
  const bare = openid.dynamicClientRegistration(new URL(authorizationServer.issuer), metadata, undefined, options);
  await assert.rejects(bare, (error) => {
    assert.equal(error.code, 'OAUTH_WWW_AUTHENTICATE_CHALLENGE');
    assert.equal(error.status, 401);
    assert.equal(error.cause[0].scheme, 'bearer');
    return true;
  });
});

test('openid-client is told what is wrong', async () => {
  const options = { initialAccessToken: await initialAccessToken(), execute: [openid.allowInsecureRequests] };
  const insecure = { ...metadata, redirect_uris: ['http://client.example/cb'] };
  const refused = openid.dynamicClientRegistration(new URL(authorizationServer.issuer), insecure, undefined, options);
  await assert.rejects(refused, (error) => {
    assert.equal(error.error, 'invalid_redirect_uri');
    assert.equal(error.status, 400);
    assert.match(error.error_description, /https/);
    assert.equal(error.cause.violations[0].field, 'redirect_uris[0]');
    return true;
  });
});

test('oauth4webapi lives through a life cycle', async () => {
  const client = await register(metadata);
  assertHolds(client, metadata);

  const read = await manage(client, 'GET');
  assert.deepEqual(await read.json(), client);

  const updated = await manage(client, 'PUT', { ...metadata, client_id: client.client_id, client_name: 'Renamed' });
  assert.equal(updated.status, 200);
  assert.equal((await updated.json()).client_name, 'Renamed');

  assert.equal((await manage(client, 'DELETE')).status, 204);
  await assert.rejects(manage(client, 'GET'), (error) => {
    assert.equal(error.cause[0].parameters.error, 'invalid_token');
    return true;
  });
});

test('oauth4webapi registers a public client, which gets no secret', async () => {
  const client = await register({ ...metadata, token_endpoint_auth_method: 'none' });
  assert.equal('client_secret' in client, false);
  assert.equal('client_secret_expires_at' in client, false);
});
