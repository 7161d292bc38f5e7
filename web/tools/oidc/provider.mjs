/**
 * A provider of OpenID Connect for tests (oidc-provider, certified): people who sign in without a form, keys that rotate when told, and
 * answers that are spoilt on purpose.
 *
 *   node web/tools/oidc/provider.mjs '{"clients": [...]}'     prints {"issuer": "http://localhost:PORT"} once it listens
 *
 * POST /_told with JSON: {"people": {id: claims}}, {"who": id}, {"rotate": true}, {"spoil": "audience" | "expired" | "early" | "nonce" | "unsigned"}.
 */

import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, importJWK, SignJWT, decodeJwt } from 'jose'
import * as oidc from 'oidc-provider'

const { clients } = JSON.parse(process.argv[2])
const state = { made: 0, people: {}, who: null, spoil: null, keys: [], callback: null, provider: null }
const server = createServer((request, response) => void answer(request, response))
await new Promise((resolve) => server.listen(0, 'localhost', resolve))
const issuer = `http://localhost:${server.address().port}`

/** A new key signs; those before still verify what they signed. */
async function rotate() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  state.made += 1
  const key = { ...(await exportJWK(privateKey)), kid: `key-${state.made}`, use: 'sig', alg: 'RS256' }
  state.keys = [key, ...state.keys.slice(0, 1)]
  state.provider = new oidc.Provider(issuer, {
    clients,
    jwks: { keys: state.keys },
    claims: { openid: ['sub', 'sid', 'amr'], profile: ['name', 'preferred_username'], groups: ['groups'], email: ['email'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    cookies: { keys: ['a key for tests'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = form
        },
      },
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.people[id] }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
    fetch: (url, { dispatcher: _dispatcher, ...options }) => fetch(url, options), // its own refuses addresses of this machine
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 86400, Grant: 86400 },
  })
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Koa awaits it
  state.provider.use(spoil)
  state.callback = state.provider.callback()
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Make the next ID token one that must not be taken. */
async function spoil(ctx, next) {
  await next()
  if (ctx.path !== '/token' || !state.spoil || !ctx.body?.id_token) return
  const claims = decodeJwt(ctx.body.id_token)
  const now = Math.floor(Date.now() / 1000)
  if (state.spoil === 'audience') claims.aud = 'somebody-else'
  if (state.spoil === 'expired') Object.assign(claims, { iat: now - 7200, exp: now - 3600 })
  if (state.spoil === 'early') Object.assign(claims, { iat: now + 60 })
  if (state.spoil === 'late') Object.assign(claims, { exp: now - 60 })
  if (state.spoil === 'nonce') claims.nonce = 'of another sign-in'
  if (state.spoil === 'issuer') claims.iss = 'https://somebody.example'
  if (state.spoil === 'unsigned') {
    ctx.body.id_token = `${encoded({ alg: 'none' })}.${encoded(claims)}.`
  } else {
    const [key] = state.keys
    const sign = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid })
    ctx.body.id_token = await sign.sign(await importJWK(key, 'RS256'))
  }
  state.spoil = null
}

async function answer(request, response) {
  try {
    if (request.url === '/_told') return await told(request, response)
    if (request.url.startsWith('/interaction/')) {
      const result = state.who ? { login: { accountId: state.who, amr: state.people[state.who]?.amr } } : { error: 'access_denied' }
      return await state.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    }
    state.callback(request, response)
  } catch (error) {
    response.writeHead(500).end(String(error.stack))
  }
}

async function told(request, response) {
  let text = ''
  for await (const part of request) text += part
  const { rotate: wanted, ...more } = JSON.parse(text)
  Object.assign(state, more)
  if (wanted) await rotate()
  response.writeHead(204).end()
}

await rotate()
console.log(JSON.stringify({ issuer }))
