// The views of "Meine Daten" and of the question for consent that axe looks at.

const shown = (page) => page.getByRole('button', { name: 'Alles löschen' }).waitFor()

async function pressed(page, button, title) {
  await shown(page)
  await page.getByRole('button', { name: button }).first().click()
  await page.getByRole('dialog', { name: title }).waitFor()
}

export const MYDATA_ADMIN = [{ path: '/meine-daten', then: (page) => page.getByText('Die Verwaltung ist keine Person').waitFor() }]

export const MYDATA_CUSTOMER = [
  { path: '/fragen', then: (page) => page.getByRole('region', { name: 'Einwilligung' }).waitFor() },
  { path: '/meine-daten', then: shown },
  { path: '/meine-daten', name: 'words', then: (page) => pressed(page, /^Wortlaut lesen/, 'Wortlaut der Einwilligung') },
  { path: '/meine-daten', name: 'object', then: (page) => pressed(page, 'Widersprechen', 'Auswertung und Lernen widersprechen?') },
  { path: '/meine-daten', name: 'erase', then: (page) => pressed(page, 'Alles löschen', 'Alles über Sie löschen?') },
]
