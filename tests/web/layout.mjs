// Every page at the widths of phones, tablets and screens: nothing is wider than the screen, cut, broken within a word or laid over another.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ADMIN, CUSTOMER } from './axe.mjs'
import { HANDOVERS_STAFF } from './axe-handovers.mjs'
import { faultsOf } from './measure.mjs'
import { signedIn, startBrowser } from './nova.mjs'

const WIDTHS = (process.env.LAYOUT_WIDTHS ?? '320,768,1024,1440').split(',').map(Number)

/** Looks at the pages whose path contains this only, while one works on them. */
const ONLY = process.env.LAYOUT_ONLY ?? ''

const WHO = [
  { name: 'the operator', pages: ADMIN, key: () => undefined },
  { name: 'a customer', pages: CUSTOMER, key: (house) => house.token },
  { name: 'somebody who serves', pages: HANDOVERS_STAFF, key: (house) => house.staff },
]

const sized = (width) => ({ width, height: width < 700 ? 800 : 1000 })

/** As wide as asked for, and drawn: pictures follow their frames one frame later. */
async function resized(page, width) {
  await page.setViewportSize(sized(width))
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))))
}

async function measured(page, pages) {
  const bad = []
  for (const { path, then } of pages) {
    await page.setViewportSize(sized(1280))
    await page.goto(path)
    await then(page)
    for (const width of WIDTHS) {
      await resized(page, width)
      bad.push(...(await faultsOf(page)).map((fault) => `${path} at ${width} px: ${fault}`))
    }
  }
  return bad
}

export function layoutTests(house) {
  describe('nothing is cut or lies over another', { concurrency: 1 }, () => {
    for (const { name, pages, key } of WHO) {
      test(`for ${name}, from ${WIDTHS.at(0)} to ${WIDTHS.at(-1)} px`, async () => {
        const browser = await startBrowser()
        try {
          const page = await signedIn(browser, house.nova, { key: key(house), size: sized(1280) })
          assert.deepEqual(await measured(page, pages.filter((one) => !one.name && one.path.includes(ONLY))), [])
        } finally {
          await browser.close()
        }
      })
    }
  })
}
