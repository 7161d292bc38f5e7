// The views of "Daten & Simulator" that axe looks at.

async function meterOpen(page, tab) {
  await page.locator('table button, ul[aria-label="Zähler"] button').locator('visible=true').first().click()
  await page.getByRole('tab', { name: 'Stand' }).waitFor()
  if (tab) await page.getByRole('tab', { name: tab }).click()
}

async function reportOpen(page) {
  await page.getByRole('list', { name: 'Lieferungen' }).getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Bericht als CSV' }).waitFor()
}

const shown = (page) => page.locator('table button, ul[aria-label="Zähler"] button').locator('visible=true').first().waitFor()

async function fileRefused(page) {
  await page.getByRole('button', { name: /Angaben zur Datei/ }).click()
  await page.getByTestId('readings-input').setInputFiles({ name: 'kaputt.csv', mimeType: 'text/csv', buffer: Buffer.from('nichts;darin\n1;2\n') })
  await page.getByRole('button', { name: 'Bericht zu kaputt.csv' }).waitFor()
}

export const DATA_ADMIN = [
  { path: '/admin/daten', then: shown },
  { path: '/admin/daten', name: 'meter', then: (page) => meterOpen(page) },
  { path: '/admin/daten', name: 'facts', then: (page) => meterOpen(page, 'Tarif & Anlage') },
  { path: '/admin/daten', name: 'words', then: (page) => meterOpen(page, 'Angaben') },
  { path: '/admin/daten', name: 'assignments', then: (page) => meterOpen(page, 'Zuordnung') },
  { path: '/admin/daten', name: 'export', then: (page) => meterOpen(page, 'Ausfuhr') },
  { path: '/admin/daten?suche=gibtesnicht', then: (page) => page.getByText('Kein Zähler passt dazu').waitFor() },
  { path: '/admin/daten', name: 'connect', then: (page) => page.getByRole('button', { name: 'Quelle anbinden' }).click().then(() => page.getByRole('dialog').waitFor()) },
  { path: '/admin/daten', name: 'simulator', then: (page) => page.getByRole('button', { name: /Einstellen/ }).click() },
  { path: '/admin/daten', name: 'refused', then: fileRefused },
  { path: '/admin/daten?ansicht=lieferungen&quelle=alle', name: 'report', then: reportOpen },
]
