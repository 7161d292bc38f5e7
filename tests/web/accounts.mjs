// Coming in: by a link and a password, a second factor, a passkey, by keyboard alone; and what an operator does about people.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tabTo } from './keyboard.mjs'
import { PHONE, startBrowser, watch, WIDE } from './nova.mjs'
import { codeOf, entersByPassword, invited, joins, PASSWORD, secretShown, settled, signsOut } from './people-in.mjs'

const QUESTION = 'Was ist ein Schnellladepunkt?'
const FIRST_ANSWER_MS = 30_000
const named = (name) => `${name}-${Date.now()}`

/** A page of somebody who has never been here; browsers have passkeys on localhost, not on an address of numbers. */
async function stranger(browser, nova, size = WIDE) {
  const context = await browser.newContext({ viewport: size, locale: 'de-DE', timezoneId: 'Europe/Berlin', baseURL: nova.url.replace('127.0.0.1', 'localhost'), reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}

const path = (page) => new URL(page.url()).pathname

/** From the link to the first answer with its citation; how long each step took. */
async function fromLinkToAnswer(page, link) {
  const took = {}
  let begun = Date.now()
  const step = (name) => {
    took[name] = Date.now() - begun
    begun = Date.now()
  }
  await page.goto(link)
  await page.getByRole('heading', { name: 'Guten Tag, Mia Berg.' }).waitFor()
  assert.equal(new URL(page.url()).hash, '', 'the secret left the address')
  step('link')
  await page.getByLabel('Passwort festlegen').fill(PASSWORD)
  await page.getByText(/sieht gut aus/).waitFor()
  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByLabel('Ihre Frage').waitFor()
  assert.equal(path(page), '/fragen', 'an employee begins with questions')
  step('in')
  await page.getByLabel('Ihre Frage').fill(QUESTION)
  await page.keyboard.press('Enter')
  await page.locator('[data-citation]').first().waitFor()
  step('answer')
  return took
}

async function withPasskeys(page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
}

const tooOld = { status: 'error', message: 'Bitte melden Sie sich dafür noch einmal an.', data: { code: 'fresh_sign_in' }, trace_id: 'old' }

/** As if somebody had come in hours ago: the next change is refused once. */
async function grownOld(page, address) {
  let first = true
  await page.route(address, async (route) => {
    if (!first || route.request().method() === 'GET') return route.fallback()
    first = false
    return route.fulfill({ status: 403, contentType: 'application/json', body: JSON.stringify(tooOld) })
  })
}

/** Goes somewhere and on from there, until it is noticed that the session is over; gives the page that asks who is there now. */
async function sessionEnds(page) {
  await page.goto('/energie')
  await page.locator('#inhalt h1').first().waitFor()
  const afresh = page.waitForEvent('load')
  await page.context().clearCookies()
  await page.evaluate(() => document.querySelector('nav a[href="/markt"]')?.click()).catch(() => undefined) // what was on its way may have noticed already
  await afresh
  await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor()
  return path(page)
}

export function accountsTests(house) {
  const browse = (name, work, size) =>
    test(name, async (t) => {
      const browser = await startBrowser()
      try {
        const page = await stranger(browser, house.nova, size)
        const faults = watch(page)
        await work(page, t)
        assert.deepEqual(faults, [])
      } finally {
        await browser.close()
      }
    })

  browse('a new employee comes from the link to the first cited answer on a phone', async (page, t) => {
    const link = await invited(house.nova, named('mia'), 'employee', 'Mia Berg')
    const took = await fromLinkToAnswer(page, link)
    t.diagnostic(`milliseconds: ${JSON.stringify(took)}`)
    assert.ok(Object.values(took).reduce((sum, one) => sum + one, 0) < FIRST_ANSWER_MS, JSON.stringify(took))
    await page.goto('about:blank')
    await page.goto(link)
    await page.getByText('schon benutzt, abgelaufen oder ersetzt').waitFor()
  }, PHONE)

  browse('an operator has a second factor, is told of the key, and comes in by code or paper', async (page) => {
    const user = named('olga')
    await joins(page, await invited(house.nova, user, 'admin', 'Olga Brandt'))
    const secret = await secretShown(page)
    await settled()
    await page.getByLabel('Code aus der App').fill(codeOf(secret, -1))
    await page.getByRole('button', { name: 'Bestätigen' }).click()
    const codes = page.getByRole('list', { name: 'Ersatzcodes' }).getByRole('listitem')
    await codes.first().waitFor()
    const paper = await codes.allInnerTexts()
    await page.getByRole('button', { name: 'Ich habe sie verwahrt' }).click()
    const notice = page.getByRole('region', { name: 'Mitteilung' })
    await notice.getByText('Der Betriebsschlüssel wurde benutzt: heute').waitFor()
    await notice.getByRole('button', { name: 'Gesehen' }).click()
    await notice.waitFor({ state: 'detached' })
    await signsOut(page)
    await entersByPassword(page, user)
    await page.getByLabel('Code aus der App').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Code aus der App').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Übersicht' }).waitFor()
    await signsOut(page)
    await entersByPassword(page, user)
    await page.getByRole('button', { name: 'Ersatzcode verwenden' }).click()
    await page.getByLabel('Ersatzcode').fill(paper[0])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Übersicht' }).waitFor()
    await keepsPeople(page)
  })

  browse('a passkey is made by the link, opens the door, and the last way in stays', async (page) => {
    await withPasskeys(page)
    await page.goto(await invited(house.nova, named('paul')))
    await page.getByRole('button', { name: 'Passkey anlegen' }).click()
    await page.waitForURL('**/fragen')
    await signsOut(page)
    await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
    await page.getByLabel('Ihre Frage').waitFor()
    await page.goto('/einstellungen?bereich=anmeldung')
    await page.getByRole('list', { name: 'Sitzungen' }).getByText('mit Passkey').waitFor()
    assert.equal(await page.getByRole('list', { name: 'Sitzungen' }).getByRole('listitem').count(), 1)
    await page.getByRole('button', { name: 'Passkey Linux löschen' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Löschen' }).click()
    await page.getByText('Das ist Ihr letzter Weg hinein.').first().waitFor()
  })

  browse('the next person begins on their own first page, and nothing of the former one is left', async (page) => {
    const kim = named('kim')
    await joins(page, await invited(house.nova, kim))
    await page.waitForURL('**/fragen')
    await page.goto('/energie')
    await page.evaluate(() => window.localStorage.setItem('nova.zaehler', 'kims'))
    await signsOut(page)
    assert.equal(path(page), '/')
    assert.equal(await page.evaluate(() => window.localStorage.getItem('nova.zaehler')), null)
    await joins(page, await invited(house.nova, named('rita'), 'reviewer'))
    await page.waitForURL('**/admin/gespraeche**')
    await sessionEnds(page)
    await entersByPassword(page, kim)
    await page.waitForURL('**/fragen')
    const left = await sessionEnds(page)
    await entersByPassword(page, kim)
    await page.locator('#inhalt h1').first().waitFor()
    assert.equal(path(page), left, 'who comes back goes on where they were')
  })

  browse('who came in long ago proves it again, and then it is done', async (page) => {
    await joins(page, await invited(house.nova, named('rita'), 'reviewer'))
    await page.waitForURL('**/admin/gespraeche**')
    await page.goto('/einstellungen?bereich=anmeldung')
    await grownOld(page, '**/api/v1/me/tokens')
    await page.getByRole('button', { name: 'Token ausgeben' }).click()
    const form = page.getByRole('form', { name: 'Token ausgeben' })
    await form.getByLabel('Wofür?').fill('Abrechnung')
    await form.getByRole('button', { name: 'Ausgeben' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sind Sie es noch?' })
    await dialog.getByLabel('Ihr Passwort').fill('falsch geraten')
    await dialog.getByRole('button', { name: 'Bestätigen' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Ihr Passwort').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Bestätigen' }).click()
    await page.getByTestId('own-token').waitFor()
    await page.getByRole('list', { name: 'Token' }).getByText('Abrechnung').waitFor()
    const sessions = page.getByRole('list', { name: 'Sitzungen' }).getByRole('listitem')
    await sessions.first().waitFor()
    assert.equal(await sessions.count(), 1, 'proving it again left no session behind')
  })

  browse('the link and the door are passed by keyboard alone', async (page) => {
    const user = named('kim')
    await page.goto(await invited(house.nova, user))
    await page.getByLabel('Passwort festlegen').waitFor()
    await tabTo(page, (now) => now.name === 'Passkey anlegen')
    await tabTo(page, (now) => now.tag === 'INPUT')
    await page.keyboard.type(PASSWORD)
    await tabTo(page, (now) => now.name === 'Weiter')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/fragen')
    await signsOut(page)
    await page.keyboard.type(user)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await tabTo(page, (now) => now.name === 'Anmelden')
    await page.keyboard.press('Enter')
    await page.getByLabel('Ihre Frage').waitFor()
    assert.equal(path(page), '/fragen')
  })
}

/** Invites somebody, lets them leave, and tries a table. */
async function keepsPeople(page) {
  const user = named('neu')
  await page.goto('/admin/personen')
  await page.getByRole('button', { name: 'Person einladen' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name zum Anmelden').fill(user)
  await dialog.getByRole('button', { name: 'Einladen' }).click()
  assert.match(await dialog.getByTestId('invitation-link').innerText(), /\/einladung#\S{20,}$/)
  await dialog.getByRole('button', { name: 'Fertig' }).click()
  await page.getByLabel('Person suchen').fill(user)
  const line = page.getByRole('list', { name: 'Personen' }).getByRole('listitem').filter({ hasText: user })
  await page.waitForURL(/suche=/)
  await page.getByRole('button', { name: `Was tun mit ${user}?` }).click()
  await page.getByRole('menuitem', { name: 'Ausscheiden' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ausscheiden' }).click()
  await line.getByText('ausgeschieden', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Aus Tabelle' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: 'personen.csv', mimeType: 'text/csv', buffer: Buffer.from(`user,name,role,state\n${user},,employee,da\n${user}x,Neu Er,employee,da\n`) })
  const told = page.getByRole('region', { name: 'Was geschieht' })
  await told.getByText('kommt wieder').waitFor()
  await page.getByRole('button', { name: 'So übernehmen' }).click()
  await told.getByText('eingeladen').waitFor()
  await page.getByRole('button', { name: 'Links als CSV' }).waitFor()
}
