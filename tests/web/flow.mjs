// One day with Luna in the browser: take a document in, watch its job, ask, read the source, judge, delete.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { answered, outside } from './gaps.mjs'
import { enterByKey, PHONE, ROOT, signedIn, startBrowser, watch } from './nova.mjs'

const SAMPLE = join(ROOT, 'docs', 'samples', 'sample.pdf')
const TEXT = `# Betriebsanweisung Trafostation Nordhafen

## 1 Zutritt

Die Trafostation Nordhafen betreten nur Elektrofachkräfte mit gültiger Schaltberechtigung. Das Schlüsselbuch liegt in der Leitwarte.

## 2 Kühlung

Die Kühlung der Trafostation Nordhafen schaltet bei einer Wicklungstemperatur von 87 Grad Celsius auf die zweite Stufe. Steigt die Temperatur auf 104 Grad, wird der Transformator abgeschaltet.

## 3 Wartung

Die Ölprobe der Trafostation Nordhafen wird alle 18 Monate genommen und im Labor Kiel untersucht.
`

const file = (name, text) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })

async function upload(page, files) {
  await page.getByRole('button', { name: 'Hochladen' }).first().click()
  await page.getByTestId('file-input').setInputFiles(files)
}

async function ask(page, question) {
  await page.getByLabel('Ihre Frage').fill(question)
  await page.keyboard.press('Enter')
  const turn = page.getByRole('article', { name: `Frage: ${question}` }).last()
  await turn.getByText('War das hilfreich?').waitFor()
  return turn
}

/** A browser of its own for each test, closed whatever happens. */
function browse(name, house, work, options = {}) {
  test(name, async () => {
    const browser = await startBrowser()
    try {
      const page = await signedIn(browser, house.nova, options(house))
      const faults = watch(page)
      await work(page, browser)
      assert.deepEqual(faults, [])
    } finally {
      await browser.close()
    }
  })
}

const asAdmin = () => ({})
const asCustomer = (house) => ({ key: house.token })

async function takeIn(page) {
  await page.getByRole('link', { name: 'Korpus' }).first().click()
  await upload(page, [file('nordhafen.md', TEXT), { name: 'sample.pdf', mimeType: 'application/pdf', buffer: await readFile(SAMPLE) }])
  const list = page.getByRole('region', { name: 'Hochgeladene Dateien' })
  const fresh = list.getByRole('listitem').filter({ hasText: 'nordhafen.md' })
  await fresh.getByText(/Passagen? aufgenommen/).waitFor({ timeout: 60_000 })
  const known = list.getByRole('listitem').filter({ hasText: 'sample.pdf' })
  await known.getByText('Inhalt ist schon vorhanden').waitFor()
  await known.getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('tab', { name: 'Angaben' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('table').getByRole('button', { name: 'Betriebsanweisung Trafostation Nordhafen' }).waitFor()
}

async function watchJob(page) {
  await page.getByRole('link', { name: 'Betrieb' }).first().click()
  const jobs = page.getByRole('region', { name: 'Aufträge' })
  await jobs.getByText(/nordhafen|Nordhafen/).first().waitFor()
  await jobs.getByText('fertig').first().waitFor()
  await page.getByText('live', { exact: true }).waitFor()
}

async function readSource(page) {
  await page.getByRole('link', { name: 'Fragen' }).first().click()
  const turn = await ask(page, 'Bei welcher Temperatur schaltet die Kühlung der Trafostation Nordhafen auf die zweite Stufe?')
  assert.match(await turn.innerText(), /87 Grad/)
  const chip = turn.locator('[data-citation]').first()
  await chip.hover()
  const card = page.getByTestId('citation-card')
  await card.getByText('Trafostation Nordhafen', { exact: false }).first().waitFor()
  assert.match(await card.innerText(), /Wertung \d/)
  await chip.click()
  const drawer = page.getByRole('dialog', { name: /Nordhafen/ })
  const mark = drawer.locator('mark').first()
  await mark.waitFor()
  assert.match(await drawer.locator('mark').allInnerTexts().then((texts) => texts.join(' ')), /87 Grad/)
  await drawer.getByRole('button', { name: 'Nächster Abschnitt' }).click()
  await drawer.getByText('alle 18 Monate').waitFor()
  await drawer.getByRole('button', { name: 'Voriger Abschnitt' }).click()
  await mark.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), drawer.getByRole('link', { name: 'Originaldatei' }).click()])
  assert.equal(download.suggestedFilename(), 'nordhafen.md')
  await drawer.getByRole('button', { name: 'Schließen' }).click()
  return turn
}

async function judge(page, turn) {
  await turn.getByRole('button', { name: 'Nicht hilfreich' }).click()
  await turn.getByRole('button', { name: 'unvollständig' }).click()
  await turn.getByLabel('Anmerkung (freiwillig)').fill('Es fehlt die Abschalttemperatur.')
  const [sent] = await Promise.all([page.waitForRequest('**/feedback/rag'), turn.getByRole('button', { name: 'Rückmeldung senden' }).click()])
  const body = sent.postDataJSON()
  assert.equal(body.useful, false)
  assert.equal(body.reason, 'unvollstaendig')
  assert.ok(body.answer_id && body.dwell_ms >= 0)
  await turn.getByRole('status').getByText(/Notiert|gespeichert/).waitFor()
}

async function remove(page) {
  await page.getByRole('link', { name: 'Korpus' }).first().click()
  await page.getByRole('searchbox', { name: 'Titel suchen' }).fill('Nordhafen')
  await page.getByText(/^1 Dokument passen|^1 Dokument/).waitFor()
  assert.match(page.url(), /suche=Nordhafen/)
  await page.getByRole('checkbox', { name: /Nordhafen auswählen/ }).locator('visible=true').check()
  await page.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Löschen' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Endgültig löschen' }).click()
  await page.getByText('1 Dokument gelöscht.').waitFor()
  await page.getByText('Nichts passt zu dieser Auswahl').waitFor()
}

export function flowTests(house) {
  browse('a document is taken in, watched, asked about, judged and deleted', house, async (page) => {
    await takeIn(page)
    await watchJob(page)
    await judge(page, await readSource(page))
    await remove(page)
    await page.getByRole('link', { name: 'Fragen' }).first().click()
    await page.getByRole('button', { name: 'Neu beginnen' }).click()
    const turn = await ask(page, 'Bei welcher Temperatur schaltet die Kühlung der Trafostation Nordhafen auf die zweite Stufe?')
    assert.doesNotMatch(await turn.innerText(), /87 Grad/)
  }, asAdmin)

  browse('a question that was refused is answered with its source, and cited', house, answered, asAdmin)

  browse('a question that does not belong here leaves the list and comes back', house, outside, asAdmin)

  browse('a PDF source opens as the page with marks on it', house, async (page) => {
    const turn = await ask(page, 'Was ist ein Schnellladepunkt?')
    await turn.locator('[data-citation]').first().click()
    const drawer = page.getByRole('dialog')
    const image = drawer.getByRole('img', { name: /^Seite \d+ der Originaldatei/ })
    await image.waitFor()
    assert.ok(await image.evaluate((node) => node.naturalWidth > 300))
    await drawer.getByTestId('mark').first().waitFor()
    const cited = await drawer.getByText(/^Seite \d+ · hier steht/).innerText()
    await drawer.getByRole('button', { name: 'Nächste Seite' }).click()
    assert.notEqual(await drawer.getByText(/^Seite \d+/).first().innerText(), cited)
    await drawer.getByRole('radio', { name: 'Text' }).click()
    await drawer.locator('mark').first().waitFor()
    assert.match((await drawer.locator('mark').allInnerTexts()).join(' '), /Schnellladepunkt/)
  }, asAdmin)

  browse('an unanswerable question is refused plainly, and history keeps both', house, async (page) => {
    const turn = await ask(page, 'Welches Rezept für Apfelkuchen mit Zimt empfiehlt die Kantine?')
    await turn.getByText(/^Dazu steht nichts|^Das kann ich nicht beantworten|^Dazu finde ich/).waitFor()
    await ask(page, 'Was ist ein Normalladepunkt?')
    await page.getByRole('button', { name: 'Verlauf' }).click()
    const history = page.getByRole('dialog', { name: 'Verlauf' })
    await history.getByRole('button', { name: /^Was ist ein Normalladepunkt/ }).first().click()
    await page.getByRole('article', { name: /Normalladepunkt/ }).locator('[data-citation]').first().waitFor()
    assert.match(page.url(), /antwort=/)
  }, asAdmin)

  browse('filters live in the address and narrow the answer', house, async (page) => {
    await page.goto('/fragen?art=note')
    await page.getByRole('button', { name: 'Eingrenzung Notiz entfernen' }).waitFor()
    const turn = await ask(page, 'Was ist ein Schnellladepunkt?')
    await turn.getByText('Dazu steht nichts in Ihren Unterlagen.').waitFor()
    await page.getByRole('button', { name: 'Eingrenzung Notiz entfernen' }).click()
    await page.waitForURL((url) => !url.searchParams.has('art'))
  }, asAdmin)

  browse('a customer sees their area, keeps own documents and is refused the rest', house, async (page) => {
    assert.equal(await page.getByRole('link', { name: 'Korpus' }).count(), 0)
    await page.getByRole('link', { name: 'Dokumente' }).first().click()
    await upload(page, [file('meins.md', '# Mein Vermerk\n\nDer Zähler im Haus 7 wurde am Montag getauscht und neu verplombt.\n')])
    await page.getByText(/Passage aufgenommen/).waitFor({ timeout: 60_000 })
    await page.getByRole('table').getByRole('button', { name: 'Mein Vermerk' }).click()
    const drawer = page.getByRole('dialog', { name: 'Mein Vermerk' })
    await drawer.getByRole('button', { name: 'Löschen' }).click()
    await page.getByRole('button', { name: 'Endgültig löschen' }).click()
    await page.getByText('Das Dokument ist gelöscht.').waitFor()
    await page.goto('/admin/betrieb')
    await page.getByText('Dafür reicht Ihr Zugang nicht').waitFor()
  }, asCustomer)

  browse('a wrong key is refused in words, and signing out ends the session', house, async (page) => {
    await page.getByRole('button', { name: /^Angemeldet als/ }).locator('visible=true').click()
    await page.getByRole('menuitem', { name: 'Abmelden' }).click()
    await enterByKey(page, 'nova_adm_falsch')
    await page.getByText('Dieser Schlüssel ist unbekannt, abgelaufen oder gesperrt.').waitFor()
    await page.goto('/admin/korpus')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor()
  }, asAdmin)

  browse('a phone has its own bar and cards instead of a table', house, async (page) => {
    const bar = page.getByRole('navigation', { name: 'Bereiche' }).locator('visible=true')
    await bar.getByRole('link', { name: 'Energie' }).click()
    await page.getByRole('heading', { name: 'Energie' }).waitFor()
    await bar.getByRole('button', { name: 'Mehr' }).click()
    await page.getByRole('menuitem', { name: 'Korpus' }).click()
    await page.getByRole('list', { name: 'Dokumente' }).getByRole('listitem').first().waitFor()
    assert.equal(await page.getByRole('table').count(), 0)
  }, () => ({ size: PHONE }))
}
