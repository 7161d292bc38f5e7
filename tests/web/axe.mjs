// Every page in light, dark and at phone width must be free of WCAG 2.2 A and AA findings, and so must what opens on it (named views):
// those are looked at in light here, and in dark and at phone width, too, with AXE_LOOKS=all (`make bars`).
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { ACCOUNTS_ADMIN, ACCOUNTS_CUSTOMER, strangersPages } from './axe-accounts.mjs'
import { ADVICE_ADMIN, ADVICE_CUSTOMER } from './axe-advice.mjs'
import { DATA_ADMIN } from './axe-data.mjs'
import { ENERGY_ADMIN, ENERGY_CUSTOMER } from './axe-energy.mjs'
import { HANDOVERS_ADMIN, HANDOVERS_CUSTOMER, HANDOVERS_STAFF } from './axe-handovers.mjs'
import { LEARNING_ADMIN } from './axe-learning.mjs'
import { MARKET_ADMIN, MARKET_CUSTOMER } from './axe-market.mjs'
import { MYDATA_ADMIN, MYDATA_CUSTOMER } from './axe-mydata.mjs'
import { QUALITY_ADMIN } from './axe-quality.mjs'
import { SEEDING_ADMIN } from './axe-seeding.mjs'
import { TALKS_ADMIN } from './axe-talks.mjs'
import { TRAINING_ADMIN } from './axe-training.mjs'
import { PHONE, signedIn, startBrowser, watch, WIDE } from './nova.mjs'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { AxeBuilder } = require('@axe-core/playwright')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What differs between themes; everything else is the same page. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

const ALL = process.env.AXE_LOOKS === 'all'

/** Looks at the pages whose path contains this only, while one works on them. */
const ONLY = process.env.AXE_ONLY ?? ''

const LOOKS = [
  { name: 'wide, light and dark', size: WIDE, themes: ['light', 'dark'] },
  { name: 'phone', size: PHONE, themes: ['light'] },
  ...(ALL ? [{ name: 'tablet', size: { width: 834, height: 1112 }, themes: ['light', 'dark'] }] : []),
]

const opened = (page, role, name) => page.getByRole(role, { name }).first().waitFor()

/** Pages of the operator, each with what to wait for and what to open on it. */
export const ADMIN = [
  { path: '/fragen', then: (page) => page.getByRole('list', { name: 'Vorschläge' }).waitFor() },
  { path: '/fragen?frage=Was+ist+ein+Schnellladepunkt%3F', then: answered },
  { path: '/fragen?frage=Was+ist+ein+Schnellladepunkt%3F', name: 'source', then: sourceOpen },
  { path: '/fragen?frage=Was+ist+ein+Schnellladepunkt%3F', name: 'reasons', then: reasonsOpen },
  { path: '/fragen?frage=Wie+backe+ich+Apfelkuchen+mit+Zimt%3F', name: 'refusal', then: (page) => page.getByText('War das hilfreich?').waitFor() },
  { path: '/fragen', name: 'filters', then: (page) => press(page, 'Eingrenzen', 'Wo soll Luna suchen?') },
  { path: '/fragen', name: 'history', then: (page) => press(page, 'Verlauf', 'Verlauf') },
  { path: '/fragen', name: 'help', then: (page) => press(page, 'Hilfe zu dieser Seite', /./) },
  { path: '/fragen', name: 'palette', then: paletteOpen },
  { path: '/admin/korpus', then: (page) => page.getByText(/^\d+ Dokumente/).waitFor() },
  { path: '/admin/korpus?suche=gibtesnicht', then: (page) => page.getByText('Nichts passt zu dieser Auswahl').waitFor() },
  { path: '/admin/korpus', name: 'upload', then: (page) => press(page, 'Hochladen', 'Dokumente aufnehmen') },
  { path: '/admin/korpus', name: 'item', then: itemOpen },
  { path: '/admin/korpus', name: 'chunks', then: chunksOpen },
  ...ACCOUNTS_ADMIN,
  ...ADVICE_ADMIN,
  ...DATA_ADMIN,
  ...ENERGY_ADMIN,
  ...HANDOVERS_ADMIN,
  ...MARKET_ADMIN,
  ...TALKS_ADMIN,
  ...QUALITY_ADMIN,
  ...LEARNING_ADMIN,
  ...SEEDING_ADMIN,
  ...TRAINING_ADMIN,
  ...MYDATA_ADMIN,
  { path: '/admin/betrieb', then: operationShown },
  { path: '/admin/betrieb', name: 'reindex', then: (page) => press(page, 'Index neu aufbauen', 'Index neu aufbauen?') },
  { path: '/admin/einstellungen', then: (page) => opened(page, 'tab', 'Darstellung') },
  { path: '/admin/einstellungen?bereich=zugaenge', then: (page) => press(page, 'Zugang anlegen', 'Zugang anlegen') },
  { path: '/admin/einstellungen?bereich=wortschatz', then: (page) => page.getByLabel('Wortschatz (YAML)').waitFor() },
  { path: '/admin/einstellungen?bereich=werte', then: (page) => page.getByText('NOVA_DATA', { exact: true }).waitFor() },
  { path: '/gibt-es-nicht', then: (page) => page.getByText('Diese Seite gibt es nicht').waitFor() },
]

export const CUSTOMER = [
  ...ACCOUNTS_CUSTOMER,
  ...ADVICE_CUSTOMER,
  ...MARKET_CUSTOMER,
  ...ENERGY_CUSTOMER,
  ...MYDATA_CUSTOMER,
  ...HANDOVERS_CUSTOMER,
  { path: '/fragen', then: (page) => page.getByLabel('Ihre Frage').waitFor() },
  { path: '/dokumente', then: (page) => page.getByText(/^\d+ Dokumente/).waitFor() },
  { path: '/hilfe', then: (page) => page.getByRole('heading', { name: 'Tasten' }).waitFor() },
  { path: '/einstellungen', then: (page) => page.getByRole('radiogroup').first().waitFor() },
  { path: '/admin/korpus', name: 'no rights', then: (page) => page.getByText('Dafür reicht Ihr Zugang nicht').waitFor() },
]

function answered(page) {
  return page.locator('[data-citation]').first().waitFor()
}

async function sourceOpen(page) {
  await answered(page)
  await page.locator('[data-citation]').first().click()
  await page.getByRole('dialog').getByRole('link', { name: 'Originaldatei' }).waitFor()
  await page.getByRole('dialog').locator('mark, img').first().waitFor()
}

async function reasonsOpen(page) {
  await answered(page)
  await page.getByRole('button', { name: 'Nicht hilfreich' }).click()
  await page.getByRole('button', { name: 'unvollständig' }).waitFor()
}

async function press(page, button, title) {
  await page.getByRole('button', { name: button }).locator('visible=true').first().click()
  await page.getByRole('dialog', { name: title }).waitFor()
}

async function paletteOpen(page) {
  await page.getByLabel('Ihre Frage').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Mess')
  await page.getByRole('option').first().waitFor()
}

async function itemOpen(page) {
  await page.getByRole('button', { name: /LSV|Ladepunkt|sample/i }).locator('visible=true').first().click()
  await page.getByRole('tab', { name: 'Angaben' }).waitFor()
}

async function chunksOpen(page) {
  await itemOpen(page)
  await page.getByRole('tab', { name: 'Passagen' }).click()
  await page.getByRole('dialog').getByText(/^#1/).first().waitFor()
}

async function operationShown(page) {
  await page.getByRole('heading', { name: 'Suchindex' }).waitFor()
  await page.getByText('Antwortzeit (Median)').waitFor()
}

/** The page has no frames, so axe need not open another one to gather what it found ("legacy mode"). */
async function findings(page, colours) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (colours ? axe.withRules(OF_COLOURS) : axe.withTags(TAGS)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`))
}

async function look(page, pages, themes, faults) {
  const bad = []
  for (const { path, name, then } of pages) {
    await page.emulateMedia({ colorScheme: themes[0] })
    await page.goto(path)
    await then(page)
    for (const [index, theme] of (name && !ALL ? themes.slice(0, 1) : themes).entries()) {
      await page.emulateMedia({ colorScheme: theme })
      await page.locator(`html[data-theme="${theme}"]`).waitFor()
      const found = await findings(page, index > 0)
      if (process.env.NOVA_SHOTS) await shoot(page, `${path}-${name ?? ''}`)
      bad.push(...found.map((text) => `${path} ${name ?? ''} ${theme}: ${text}`))
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (overflow > 0) bad.push(`${path} ${name ?? ''}: ${overflow} px wider than the screen`)
  }
  assert.deepEqual([...bad, ...faults], [])
}

async function shoot(page, name) {
  const { width } = page.viewportSize()
  const theme = await page.evaluate(() => document.documentElement.dataset.theme)
  await page.screenshot({ path: `${process.env.NOVA_SHOTS}/${name.replace(/[^a-z]+/gi, '_')}-${theme}-${width}.png` })
}

async function lookAtAll(house, size, themes) {
  const shown = (pages) => pages.filter(({ path, name }) => path.includes(ONLY) && (ALL || size !== PHONE || !name))
  const browser = await startBrowser()
  try {
    const stranger = await (await browser.newContext({ viewport: size, colorScheme: themes[0], baseURL: house.nova.url, reducedMotion: 'reduce' })).newPage()
    await look(stranger, await strangersPages(house.nova), themes, watch(stranger))
    const admin = await signedIn(browser, house.nova, { size, theme: themes[0] })
    await look(admin, shown(ADMIN), themes, watch(admin))
    const customer = await signedIn(browser, house.nova, { key: house.token, size, theme: themes[0] })
    await look(customer, shown(CUSTOMER), themes, watch(customer))
    const staff = await signedIn(browser, house.nova, { key: house.staff, size, theme: themes[0] })
    await look(staff, shown(HANDOVERS_STAFF), themes, watch(staff))
  } finally {
    await browser.close()
  }
}

export function axeTests(house) {
  describe('axe finds nothing', { concurrency: LOOKS.length }, () => {
    for (const { name, size, themes } of LOOKS) test(name, () => lookAtAll(house, size, themes))
  })
}
