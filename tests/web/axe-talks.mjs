// The views of "Gespräche" that axe looks at.

const list = (page) => page.getByRole('list', { name: 'Gespräche' }).waitFor()

async function talkOpen(page) {
  await page.getByRole('list', { name: 'Gespräche' }).getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('list', { name: 'Beiträge' }).waitFor()
}

async function entryOpen(page) {
  await page.getByRole('list', { name: 'Wartende Antworten' }).waitFor()
  await page.keyboard.press('j')
  await page.getByRole('button', { name: /Annehmen/ }).waitFor()
}

async function changing(page) {
  await entryOpen(page)
  await page.keyboard.press('e')
  await page.getByRole('dialog', { name: 'Antwort ändern' }).waitFor()
}

async function keysShown(page) {
  await page.getByRole('button', { name: 'Tasten' }).click()
  await page.getByRole('dialog', { name: 'Tasten der Durchsicht' }).waitFor()
}

const curated = (page) => page.getByText('Noch keine geänderte Antwort').or(page.getByRole('list', { name: 'Geänderte Antworten' })).first().waitFor()

export const TALKS_ADMIN = [
  { path: '/admin/gespraeche', then: list },
  { path: '/admin/gespraeche', name: 'talk', then: talkOpen },
  { path: '/admin/gespraeche?suche=gibtesnicht', then: (page) => page.getByText('Nichts gefunden').waitFor() },
  { path: '/admin/gespraeche?quelle=gibtesnicht', then: (page) => page.getByText('Mit dieser Auswahl gibt es keine Gespräche').waitFor() },
  { path: '/admin/gespraeche?gespraech=00000000-0000-7000-8000-000000000000', name: 'gone', then: (page) => page.getByRole('dialog').getByRole('button', { name: /erneut|noch einmal/i }).or(page.getByRole('dialog').getByRole('alert')).first().waitFor() },
  { path: '/admin/gespraeche?teil=durchsicht', then: (page) => page.getByRole('list', { name: 'Wartende Antworten' }).waitFor() },
  { path: '/admin/gespraeche?teil=durchsicht&grund=rare', name: 'none', then: (page) => page.getByRole('group', { name: 'Gründe' }).waitFor() },
  { path: '/admin/gespraeche?teil=durchsicht', name: 'entry', then: entryOpen },
  { path: '/admin/gespraeche?teil=durchsicht', name: 'change', then: changing },
  { path: '/admin/gespraeche?teil=durchsicht', name: 'keys', then: keysShown },
  { path: '/admin/gespraeche?teil=zweitmeinung', then: (page) => page.getByRole('region', { name: 'Einigkeit der Redaktion' }).waitFor() },
  { path: '/admin/gespraeche?teil=freigegeben', then: curated },
  { path: '/admin/gespraeche?teil=freigegeben&urteil=abgelehnt', name: 'rejected', then: (page) => page.getByText('Noch keine abgelehnte Antwort').or(page.getByRole('list', { name: 'Abgelehnte Antworten' })).first().waitFor() },
]
