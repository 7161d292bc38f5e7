// The web app in Chromium on a running Nova; `cd web && npm run test:browser`.
import { after, before, describe } from 'node:test'
import { accountsTests } from './accounts.mjs'
import { axeTests } from './axe.mjs'
import { canaryTests } from './canary.mjs'
import { flowTests } from './flow.mjs'
import { keyboardTests } from './keyboard.mjs'
import { layoutTests } from './layout.mjs'
import { startNova } from './nova.mjs'
import { handed, peopled, tokenFor } from './people.mjs'
import { rolesTests } from './roles.mjs'
import { talkingTests } from './talking.mjs'

const house = { nova: null, token: '', staff: '' }

describe('the web app', { concurrency: false }, () => {
  before(async () => {
    house.nova = await startNova()
    house.token = await tokenFor(house.nova, 'anna')
    house.staff = await tokenFor(house.nova, 'emma', 'employee')
    await peopled(house.nova)
    await handed(house.nova)
  })
  after(() => house.nova?.stop())
  flowTests(house)
  keyboardTests(house)
  axeTests(house)
  layoutTests(house)
  rolesTests(house)
  accountsTests(house)
  talkingTests(house)
  canaryTests(house)
})
