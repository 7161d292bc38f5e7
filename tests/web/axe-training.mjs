// The views of "Feinabstimmung" that axe looks at.

const PAGE = '/admin/feinabstimmung'

/** A dataset that may be learned from is there, or the page says that there is none. */
async function readyOrNot(page) {
  await page.getByRole('button', { name: 'Messen' }).or(page.getByText('Noch kein Datensatz, aus dem gelernt werden darf')).first().waitFor()
}

/** Whoever comes first lets a dataset be made; that it holds for want of rows is an answer, too. */
async function made(page) {
  const checks = page.getByRole('list', { name: 'Prüfungen' })
  const none = page.getByText('Noch kein Datensatz', { exact: true })
  await checks.or(none).first().waitFor()
  if (await none.isVisible()) await page.getByRole('button', { name: 'Datensatz machen' }).click()
  await checks.waitFor({ timeout: 90_000 })
}

export const TRAINING_ADMIN = [
  { path: PAGE, then: (page) => page.getByRole('region', { name: 'Anlässe' }).waitFor() },
  { path: `${PAGE}?teil=datensatz`, then: (page) => page.getByRole('list', { name: 'Quellen' }).waitFor() },
  { path: `${PAGE}?teil=datensatz`, name: 'checks', then: made },
  { path: `${PAGE}?teil=neu`, then: readyOrNot },
  { path: `${PAGE}?lauf=gibt-es-nicht`, then: (page) => page.getByText('Diesen Lauf gibt es nicht').waitFor() },
]
