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
  { path: '/admin/personen?teil=bestaetigungen', name: 'waiting', then: waiting },
  { path: '/admin/personen?teil=rollen', then: (page) => page.getByRole('table').waitFor() },
]

export const ACCOUNTS_CUSTOMER = [{ path: '/einstellungen?bereich=anmeldung', then: (page) => page.getByText('Sie sind mit einem Schlüssel hier').waitFor() }]

async function imported(page) {
  await pressed(page, 'Aus Tabelle', 'Personen aus einer Tabelle')
  await page.locator('input[type=file]').setInputFiles({ name: 'personen.csv', mimeType: 'text/csv', buffer: Buffer.from('user,name,role,state\nneu,Neu Er,employee,da\n') })
  await page.getByRole('region', { name: 'Was geschieht' }).waitFor()
}

/** As if somebody with a name were here; the operator's key has no say. */
async function namedHere(route) {
  const answer = await (await route.fetch()).json()
  return route.fulfill({ json: { ...answer, data: { ...answer.data, user: 'jan' } } })
}

/** Two actions that wait, as if the installation wanted two people for them; the second one's question is open. */
async function waiting(page) {
  const one = (id, action, title, args) => ({ approval_id: id, action, title, target: '', args, state: 'waiting', asked_by: 'admin:1', asker: 'Olga Brandt', asked_at: '2026-11-20T09:00:00Z', decided_by: null, decider: null, decided_at: null, told: '', person: 'Mia Berg', expires_at: '2026-12-04T09:00:00Z', mine: false })
  const approvals = [one('1', 'thresholds.change', 'Schwellen ersetzen', { text: 'version: 1\nregeln: []\n', version: 'alt' }), one('2', 'person.erase', 'Person löschen', { subject_id: '0190aaaa-0000-7000-8000-000000000001', purge_snapshots: false })]
  await page.route('**/api/v1/admin/approvals*', (route) => route.fulfill({ json: { status: 'ok', message: '', data: { approvals, total: 2, wanted: ['person.erase'] }, trace_id: 't' } }))
  await page.route('**/api/v1/session', namedHere)
  await page.reload()
  await page.getByRole('region', { name: 'Was sich ändert' }).waitFor()
  await page.getByText('Ganzer neuer Text').click()
  await page.getByRole('button', { name: 'Bestätigen' }).last().click()
  await page.getByRole('dialog', { name: 'Person löschen?' }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })
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
