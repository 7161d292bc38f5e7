// The page "Übergaben", its detail, and the dialog under an answer that axe looks at.

const QUESTION = '/fragen?frage=Was+ist+ein+Schnellladepunkt%3F'

async function dialogOpen(page) {
  await page.getByText('War das hilfreich?').waitFor()
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'An einen Menschen übergeben' })
  await dialog.getByRole('radio', { name: 'Beschwerde' }).click()
  await dialog.getByLabel('Eingegangen am').waitFor()
  return dialog
}

async function namesSomebody(page) {
  const dialog = await dialogOpen(page)
  await dialog.getByRole('radio', { name: 'Bestimmte Person' }).click()
  await dialog.getByLabel('Name zum Anmelden').fill('niemand-da')
  await dialog.getByRole('textbox', { name: 'Ihr Anliegen' }).fill('Bitte melden Sie sich.')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Übergeben' }).click()
  await dialog.getByText('Diese Person übernimmt hier keine Gespräche.').waitFor()
}

const listed = (page) => page.getByRole('list', { name: 'Eingang' }).getByRole('button').first().waitFor()

async function detailOpen(page) {
  await listed(page)
  await page.getByRole('list', { name: 'Eingang' }).getByRole('button', { name: /Beschwerde/ }).first().click()
  await page.getByRole('dialog').getByRole('list', { name: 'Quellen' }).first().waitFor()
}

async function doneAsked(page) {
  await detailOpen(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Erledigt' }).click()
  await page.getByRole('dialog', { name: 'Erledigt?' }).waitFor()
}

export const HANDOVERS_ADMIN = [{ path: '/uebergaben', then: (page) => page.getByText('Der Betriebsschlüssel führt keine Gespräche').waitFor() }]

export const HANDOVERS_CUSTOMER = [
  { path: '/uebergaben', then: (page) => page.getByText('Nichts offen').waitFor() },
  { path: QUESTION, then: dialogOpen },
]

export const HANDOVERS_STAFF = [
  { path: '/uebergaben', then: listed },
  { path: '/uebergaben?auswahl=alle', then: detailOpen },
  { path: '/uebergaben', name: 'done', then: doneAsked },
  { path: '/uebergaben?teil=gesendet&auswahl=alle', then: (page) => page.getByText('Sie haben nichts übergeben').or(page.getByRole('list', { name: 'Von Ihnen übergeben' })).first().waitFor() },
  { path: QUESTION, name: 'colleague', then: namesSomebody },
]
