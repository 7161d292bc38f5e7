// The pages of signing in, of invitations and of people that axe looks at.
import { codeOf, invited, joins, secretShown } from './people-in.mjs'

async function pressed(page, button, title) {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('dialog', { name: title }).waitFor()
}

const listed = (page) => page.getByRole('list', { name: 'Personen' }).getByRole('listitem').first().waitFor()

export const ACCOUNTS_ADMIN = [
  { path: '/admin/personen', then: listed },
  { path: '/admin/personen?stand=left&suche=gibtesnicht', then: (page) => page.getByText('Niemand passt zu dieser Auswahl').waitFor() },
  { path: '/admin/personen', name: 'invite', then: (page) => pressed(page, 'Person einladen', 'Person einladen') },
  { path: '/admin/personen', name: 'import', then: imported },
  { path: '/admin/personen', name: 'leave', then: leaving },
  { path: '/admin/personen?teil=bestaetigungen', then: (page) => page.getByText('four_eyes.yaml').waitFor() },
  { path: '/admin/personen?teil=rollen', then: (page) => page.getByRole('table').waitFor() },
]

export const ACCOUNTS_CUSTOMER = [{ path: '/einstellungen?bereich=anmeldung', then: (page) => page.getByText('Sie sind mit einem Schlüssel hier').waitFor() }]

async function imported(page) {
  await pressed(page, 'Aus Tabelle', 'Personen aus einer Tabelle')
  await page.locator('input[type=file]').setInputFiles({ name: 'personen.csv', mimeType: 'text/csv', buffer: Buffer.from('user,name,role,state\nneu,Neu Er,employee,da\n') })
  await page.getByRole('region', { name: 'Was geschieht' }).waitFor()
}

async function leaving(page) {
  await listed(page)
  await page.getByRole('button', { name: /^Was tun mit/ }).first().click()
  await page.getByRole('menuitem', { name: 'Ausscheiden' }).click()
  await page.getByRole('dialog').waitFor()
}

async function opened(page) {
  await page.getByRole('list', { name: 'Sitzungen' }).getByRole('listitem').first().waitFor()
  await page.getByRole('button', { name: 'Ändern', exact: true }).click()
  await page.getByRole('button', { name: 'Token ausgeben' }).click()
  await page.getByRole('form', { name: 'Token ausgeben' }).waitFor()
}

/** What somebody sees who comes in by a link, in its order; at its end they are in. */
export async function strangersPages(nova) {
  const user = `olga-${Date.now()}-${Math.round(Math.random() * 1e6)}`
  const path = await invited(nova, user, 'admin', 'Olga Brandt')
  return [
    { path: '/', name: 'sign-in', then: (page) => page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor() },
    { path: '/', name: 'refused', then: refused },
    { path: '/#schritt=abc', name: 'code', then: (page) => page.getByLabel('Code aus der App').waitFor() },
    { path: '/einladung', name: 'no link', then: (page) => page.getByText('Dieser Link führt nicht mehr weiter').waitFor() },
    { path, name: 'invitation', then: (page) => page.getByLabel('Passwort festlegen').waitFor() },
    { path: '/', name: 'factor', then: (page) => joins(page, path).then(() => page.getByTestId('factor-secret').waitFor()) },
    { path: '/', name: 'codes', then: (page) => factored(page, path) },
    { path: '/einstellungen?bereich=anmeldung', name: 'own ways', then: opened },
  ]
}

/** Sent back by the company's sign-in. */
async function refused(page) {
  await page.evaluate((told) => (document.cookie = `nova_told=${encodeURIComponent(told)}; Path=/`), 'Die Anmeldung ist misslungen.')
  await page.reload()
  await page.getByRole('alert').waitFor()
}

/** Up to the codes for paper; whoever opens another page then is in. */
async function factored(page, path) {
  await joins(page, path)
  await page.getByLabel('Code aus der App').fill(codeOf(await secretShown(page)))
  await page.getByRole('button', { name: 'Bestätigen' }).click()
  await page.getByRole('list', { name: 'Ersatzcodes' }).waitFor()
}
