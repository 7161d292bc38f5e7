// The views of "Markt" that axe looks at.

const shown = async (page) => {
  await page.getByRole('heading', { name: /^Preise heute/ }).waitFor()
  await page.getByRole('region', { name: 'Tage und Stunden' }).getByRole('button', { name: 'Als Tabelle zeigen' }).waitFor()
  await page.getByText('Mittlerer Preis').waitFor()
}

async function tables(page) {
  await shown(page)
  for (const name of [/^Preise heute/, /^Verlauf/, 'Tage und Stunden']) await page.getByRole('region', { name }).getByRole('button', { name: 'Als Tabelle zeigen' }).click()
  await page.getByRole('columnheader', { name: '23 Uhr' }).waitFor()
}

async function explained(page) {
  await shown(page)
  await page.getByRole('button', { name: 'Was heißt Stunden unter 0 im Zeitraum?' }).click()
  await page.getByRole('dialog').waitFor()
}

async function withLoad(page) {
  await shown(page)
  await page.getByLabel('Lastgang über die Preise legen').selectOption({ index: 1 })
  await page.getByRole('group', { name: 'Legende' }).first().waitFor()
}

const VIEWS = [
  { path: '/markt', then: shown },
  { path: '/markt?einheit=ct&fenster=6', name: 'tables', then: tables },
  { path: '/markt', name: 'help card', then: explained },
  { path: '/markt', name: 'load', then: withLoad },
  { path: '/markt?produkt=PEAK', name: 'peak', then: shown },
  { path: '/markt?von=2020-01-01&bis=2020-01-03', name: 'empty', then: (page) => page.getByText('In diesem Zeitraum gab es keine Preise').first().waitFor() },
]

export const MARKET_ADMIN = VIEWS
export const MARKET_CUSTOMER = VIEWS.slice(0, 1)
