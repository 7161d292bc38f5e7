// The views of "Energie", and of the data behind an answer's numbers, that axe looks at.

const WHY = '/fragen?frage=Wie+hoch+war+der+Verbrauch+von+Haushalt+1+gestern%3F'

async function drawn(page) {
  await page.getByLabel('Kennzahlen', { exact: true }).getByText('kWh').first().waitFor()
  await page.locator('canvas').first().waitFor()
}

async function table(page) {
  await drawn(page)
  await page.getByRole('button', { name: 'Als Tabelle zeigen' }).click()
  await page.getByRole('region', { name: /^Tabelle/ }).waitFor()
}

async function pressed(page, name) {
  await drawn(page)
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('dialog').waitFor()
}

async function factOpen(page) {
  await page.locator('[data-fact]').first().click()
  await page.getByRole('dialog').getByText('Nachgerechnet').waitFor()
}

const empty = (page) => page.getByRole('button', { name: 'Zum letzten Wert' }).waitFor()
const noMeter = (page) => page.getByRole('button', { name: 'Meine Zähler zeigen' }).waitFor()

export const ENERGY_ADMIN = [
  { path: '/energie', then: drawn },
  { path: '/energie?vergleich=true&zeitraum=24h', name: 'compared', then: drawn },
  { path: '/energie', name: 'table', then: table },
  { path: '/energie', name: 'tariff', then: (page) => pressed(page, 'Tarif') },
  { path: '/energie', name: 'days', then: (page) => pressed(page, 'Tage wählen') },
  { path: '/energie', name: 'figure', then: (page) => pressed(page, 'Was bedeutet Grundlast?') },
  { path: '/energie', name: 'raw', then: (page) => pressed(page, 'Rohdaten') },
  { path: '/energie?von=2024-01-01&bis=2024-01-07', name: 'empty', then: empty },
  { path: '/energie?zaehler=gibtesnicht', name: 'unknown', then: noMeter },
  { path: WHY, name: 'drawn', then: (page) => page.locator('[data-fact]').first().waitFor() },
  { path: WHY, name: 'fact', then: factOpen },
]

export const ENERGY_CUSTOMER = [{ path: '/energie', then: (page) => page.getByRole('heading', { name: 'Energie' }).waitFor() }]
