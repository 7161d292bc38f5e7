// The views of "Übersicht" and "Empfehlungen" that axe looks at. The simulated meters have no tariff, so that nothing is open.

async function numbers(page) {
  await page.getByLabel('Luna zum Tag').getByRole('link').waitFor()
  await page.getByRole('region', { name: 'Kennzahlen' }).getByRole('link').nth(3).waitFor()
  await page.locator('canvas').nth(1).waitFor()
}

async function help(page) {
  await numbers(page)
  await page.getByRole('button', { name: /^Was bedeutet: Spitze/ }).click()
  await page.getByRole('dialog').waitFor()
}

async function table(page) {
  await numbers(page)
  await page.getByRole('button', { name: 'Als Tabelle zeigen' }).first().click()
  await page.getByRole('region', { name: /^Tabelle/ }).waitFor()
}

async function together(page) {
  await page.getByLabel('Zähler der Übersicht').selectOption('alle')
  await numbers(page)
}

const facts = (page) => page.getByText('Angaben der Zähler').waitFor()

async function reckoned(page) {
  await facts(page)
  await page.getByRole('button', { name: 'So wird gerechnet' }).click()
  await page.getByRole('dialog', { name: 'Wie wird gerechnet?' }).waitFor()
}

async function form(page) {
  await facts(page)
  await page.getByRole('button', { name: /^Angaben eintragen/ }).first().click()
  await page.getByRole('dialog').getByRole('radio', { name: 'Festpreis' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click()
  await page.getByText('Der Festpreis fehlt.').waitFor()
}

export const ADVICE_ADMIN = [
  { path: '/', then: numbers },
  { path: '/', name: 'help', then: help },
  { path: '/', name: 'table', then: table },
  { path: '/', name: 'together', then: together },
  { path: '/empfehlungen', then: facts },
  { path: '/empfehlungen', name: 'reckoned', then: reckoned },
  { path: '/empfehlungen', name: 'facts', then: form },
  { path: '/empfehlungen?verlauf=uebernommen', name: 'history', then: (page) => page.getByText('In diesem Stand gibt es keine Empfehlungen.').waitFor() },
]

export const ADVICE_CUSTOMER = [
  { path: '/', then: (page) => page.getByText('Luna fragen').waitFor() },
  { path: '/empfehlungen', then: (page) => page.getByRole('heading', { name: 'Empfehlungen' }).waitFor() },
]
