// The web app in Chromium on a running Nova; `cd web && npm run test:browser`.
import { after, before, describe } from 'node:test'
import { axeTests } from './axe.mjs'
import { canaryTests } from './canary.mjs'
import { flowTests } from './flow.mjs'
import { keyboardTests } from './keyboard.mjs'
import { startNova } from './nova.mjs'

const house = { nova: null, token: '' }

async function tokenFor(nova, user) {
  const response = await fetch(`${nova.url}/api/v1/admin/keys`, {
    method: 'POST',
    headers: { 'X-Admin-Key': nova.key, 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, label: 'Browsertest', days: 1 }),
  })
  if (!response.ok) throw new Error(`no token: ${await response.text()}`)
  return (await response.json()).data.token
}

describe('the web app', { concurrency: false }, () => {
  before(async () => {
    house.nova = await startNova()
    house.token = await tokenFor(house.nova, 'anna')
  })
  after(() => house.nova?.stop())
  flowTests(house)
  keyboardTests(house)
  axeTests(house)
  canaryTests(house)
})
