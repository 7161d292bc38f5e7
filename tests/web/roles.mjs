// From a customer's consent to what Luna may cite: who asks, who decides with keys, and where the operator finds it; and what each role is shown.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedIn, startBrowser, watch } from './nova.mjs'
import { tokenFor } from './people.mjs'

const QUESTION = 'Was gilt für die Sicherheitsleistung nach § 14 StromGVV?'
const RIGHT = 'Eine Sicherheitsleistung verlangt der Grundversorger nur, wenn jemand mit der Vorauszahlung nicht beginnt.'

async function asks(page) {
  await page.goto('/fragen')
  const card = page.getByRole('region', { name: 'Einwilligung' })
  await card.getByRole('checkbox', { name: /Güte messen/ }).check()
  await card.getByRole('checkbox', { name: /Daraus lernen/ }).check()
  await card.getByRole('button', { name: 'Einwilligen' }).click()
  await card.waitFor({ state: 'detached' })
  await page.getByLabel('Ihre Frage').fill(QUESTION)
  await page.keyboard.press('Enter')
  const turn = page.getByRole('article', { name: `Frage: ${QUESTION}` })
  await turn.getByRole('button', { name: 'Nicht hilfreich' }).click()
  await turn.getByRole('button', { name: 'unvollständig' }).click()
  await turn.getByRole('button', { name: 'Rückmeldung senden' }).click()
  await turn.getByRole('status').getByText(/Notiert|gespeichert/).waitFor()
  await page.getByRole('button', { name: 'Verlauf' }).click()
  await page.getByRole('dialog', { name: 'Verlauf' }).getByText(QUESTION).first().waitFor()
}

async function fills(nova) {
  const headers = { 'X-Admin-Key': nova.key }
  await fetch(`${nova.url}/api/v1/admin/reviews/fill`, { method: 'POST', headers })
  for (let left = 100; left > 0; left -= 1) {
    const { data } = await (await fetch(`${nova.url}/api/v1/admin/reviews?state=open&limit=100`, { headers })).json()
    if (data.reviews.some(({ question }) => question === QUESTION)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The question did not reach the reviewers.')
}

async function decides(page) {
  await page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link', { name: 'Gespräche' }).first().click()
  await page.getByRole('tab', { name: 'Durchsicht' }).click()
  const entry = page.getByRole('region', { name: 'Antwort zur Durchsicht' })
  const queue = page.getByRole('list', { name: 'Wartende Antworten' })
  await queue.getByRole('button').first().waitFor()
  await page.keyboard.press('j')
  await entry.waitFor()
  await page.keyboard.press('k')
  await queue.getByRole('button', { name: QUESTION }).click()
  await entry.getByRole('heading', { name: QUESTION }).waitFor()
  await page.keyboard.press('4')
  await entry.getByRole('button', { name: '4 von 5', pressed: true }).waitFor()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Antwort ändern' })
  await dialog.getByLabel('Richtige Antwort').fill(RIGHT)
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function finds(page) {
  await page.goto('/admin/gespraeche?teil=freigegeben')
  const row = page.getByRole('list', { name: 'Geänderte Antworten' }).getByRole('listitem').filter({ hasText: QUESTION })
  assert.match(await row.innerText(), /R-[0-9A-F]{8}[\s\S]*4 von 5/)
  await row.getByRole('button', { name: QUESTION, exact: true }).click()
  await page.getByText(RIGHT).waitFor()
  assert.match(page.url(), /eintrag=/)
}

async function as(browser, house, role, user, work) {
  const key = role === 'admin' ? house.nova.key : await tokenFor(house.nova, user, role)
  const page = await signedIn(browser, house.nova, { key })
  const faults = watch(page)
  await work(page)
  assert.deepEqual(faults, [])
  await page.context().close()
}

/** How long a part of a page takes to ask for what it shows. */
const SETTLES_MS = 300

const shownTo = {
  customer: { sees: ['Meine Daten', 'Dokumente'], not: ['Übergaben', 'Gespräche', 'KPIs & Alarme', 'Lernen & Protokoll', 'Betrieb'] },
  employee: { sees: ['Fragen', 'Übergaben', 'Meine Daten'], not: ['Gespräche', 'Feinabstimmung', 'KPIs & Alarme', 'Betrieb', 'Personen'], refused: '/admin/personen' },
  reviewer: { sees: ['Gespräche', 'Feinabstimmung', 'Meine Daten'], not: ['KPIs & Alarme', 'Lernen & Protokoll', 'Betrieb'], refused: '/admin/kpis' },
  engineer: { sees: ['KPIs & Alarme', 'Lernen & Protokoll', 'Betrieb', 'Daten & Simulator', 'Feinabstimmung'], not: ['Gespräche', 'Korpus', 'Personen'], refused: '/admin/gespraeche' },
  auditor: { sees: ['Lernen & Protokoll', 'Feinabstimmung'], not: ['Übergaben', 'Gespräche', 'KPIs & Alarme', 'Betrieb', 'Personen'], refused: '/admin/gespraeche' },
}

/** Opens the pages of the menu that differ by role, with their parts; nothing of them may be asked for that is refused. */
async function asksForNothingRefused(page) {
  const refused = []
  const note = (response) => (response.status() === 403 ? refused.push(`${new URL(page.url()).pathname}: ${response.request().method()} ${new URL(response.url()).pathname}`) : null)
  page.on('response', note)
  const links = await page.getByRole('navigation', { name: 'Bereiche' }).first().getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  for (const href of links.filter((link) => link === '/' || link === '/einstellungen' || link === '/uebergaben' || link.startsWith('/admin'))) {
    await page.goto(href)
    await page.locator('#inhalt h1').first().waitFor()
    const tabs = page.locator('#inhalt').getByRole('tab')
    for (let at = 0; at < (await tabs.count()); at += 1) {
      await tabs.nth(at).click()
      await page.waitForTimeout(SETTLES_MS)
      assert.equal(await page.getByText('Dafür reicht Ihr Zugang nicht').count(), 0, href)
    }
    await page.waitForTimeout(SETTLES_MS)
    assert.equal(await page.getByText('Dafür reicht Ihr Zugang nicht').count(), 0, href)
  }
  page.off('response', note)
  assert.deepEqual(refused, [])
}

async function sees(page, { sees: pages, not, refused }) {
  const nav = page.getByRole('navigation', { name: 'Bereiche' }).first()
  for (const name of pages) await nav.getByRole('link', { name, exact: true }).waitFor()
  for (const name of not) assert.equal(await nav.getByRole('link', { name, exact: true }).count(), 0, name)
  await asksForNothingRefused(page)
  if (!refused) return
  await page.goto(refused)
  await page.getByText('Dafür reicht Ihr Zugang nicht').waitFor()
}

export function rolesTests(house) {
  const browse = (name, work) =>
    test(name, async () => {
      const browser = await startBrowser()
      try {
        await work(browser)
      } finally {
        await browser.close()
      }
    })

  browse('a customer agrees, asks and judges, a reviewer decides with keys, the operator finds it', async (browser) => {
    await as(browser, house, 'customer', `clara-${Date.now()}`, asks)
    await fills(house.nova)
    await as(browser, house, 'reviewer', 'rita', decides)
    await as(browser, house, 'admin', '', finds)
  })

  browse('each role has its own pages and no others', async (browser) => {
    for (const [role, shown] of Object.entries(shownTo)) await as(browser, house, role, `rolle-${role}`, (page) => sees(page, shown))
  })
}
