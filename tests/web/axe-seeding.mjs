// The views of "Daten & Modelle" that axe looks at.

const TICKETS = '/admin/modelle?pipeline=beispiel-tickets'

/** The example has run: whoever comes first lets it run. */
async function ran(page) {
  const way = page.getByRole('region', { name: 'Güte der Datensätze' })
  const fresh = page.getByText('Noch kein Lauf')
  await way.or(fresh).first().waitFor()
  if (await fresh.isVisible()) {
    await page.getByRole('button', { name: 'Laufen lassen' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Laufen lassen' }).click()
  }
  await way.waitFor({ timeout: 90_000 })
}

async function part(page, tab, list) {
  await page.getByRole('tab', { name: 'Ablauf' }).click()
  await ran(page)
  await page.getByRole('tab', { name: tab }).click()
  await page.getByRole('list', { name: list }).waitFor()
}

async function unfolded(page) {
  await part(page, 'Weggelassen', 'Weggelassene Datensätze')
  await page.getByText('Inhalt', { exact: true }).first().click()
}

async function undoing(page) {
  await part(page, 'Weggelassen', 'Weggelassene Datensätze')
  await page.getByRole('button', { name: 'Ganzen Lauf zurücknehmen' }).click()
  await page.getByRole('dialog').waitFor()
}

async function goingBack(page) {
  await part(page, 'Fassungen', 'Fassungen')
  await page.getByRole('button', { name: 'Einen Schritt zurück' }).click()
  await page.getByRole('dialog').waitFor()
}

async function previewed(page) {
  await page.getByRole('button', { name: 'Vorschau: Beispiel · Tickets des Kundenservice' }).click()
  await page.getByRole('region', { name: 'Datensätze der Quelle' }).waitFor()
}

async function asked(page) {
  await page.getByRole('button', { name: 'Laufen lassen: Beispiel · Tickets des Kundenservice' }).click()
  await page.getByLabel('Anlass').waitFor()
}

async function followed(page) {
  await part(page, 'Weggelassen', 'Weggelassene Datensätze')
  await page.getByRole('button', { name: /^T-\d+$/ }).first().click()
  await page.getByRole('list', { name: 'Herkunft' }).getByRole('button', { name: /^Wohin ging er noch/ }).first().click()
  await page.getByRole('list', { name: 'Verwendungen' }).waitFor()
}

export const SEEDING_ADMIN = [
  { path: '/admin/modelle', then: (page) => page.getByRole('list', { name: 'Pipelines' }).waitFor() },
  { path: '/admin/modelle', name: 'preview', then: previewed },
  { path: '/admin/modelle', name: 'run', then: asked },
  { path: TICKETS, then: ran },
  { path: TICKETS, name: 'table', then: (page) => ran(page).then(() => page.getByText('Als Tabelle').click()) },
  { path: `${TICKETS}&teil=weggelassen`, then: (page) => part(page, 'Weggelassen', 'Weggelassene Datensätze') },
  { path: `${TICKETS}&teil=weggelassen`, name: 'content', then: unfolded },
  { path: `${TICKETS}&teil=weggelassen`, name: 'undo', then: undoing },
  { path: `${TICKETS}&teil=fassungen`, then: (page) => part(page, 'Fassungen', 'Fassungen') },
  { path: `${TICKETS}&teil=fassungen`, name: 'back', then: goingBack },
  { path: `${TICKETS}&teil=herkunft`, then: (page) => page.getByLabel('Kennung des Datensatzes').waitFor() },
  { path: `${TICKETS}&teil=herkunft`, name: 'origin', then: followed },
]
