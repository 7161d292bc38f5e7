// The views of "KPIs & Alarme" that axe looks at.

const rules = (page) => page.getByRole('list', { name: 'Regeln' }).waitFor()

async function dryRun(page) {
  await rules(page)
  await page.getByRole('button', { name: 'Probelauf' }).click()
  await page.getByRole('dialog', { name: 'Probelauf' }).getByText('Schwelle').first().waitFor()
}

async function backTested(page) {
  await page.getByLabel('Schwellen (YAML)').waitFor()
  await page.getByLabel('Zeitraum der Rückrechnung').selectOption('7')
  await page.getByRole('button', { name: 'An der Vergangenheit prüfen' }).click()
  await page.getByText(/hätte (nie|\d)/).first().waitFor()
}

async function refused(page) {
  await page.getByLabel('Schwellen (YAML)').fill('version: 1\nregeln: []\n')
  await page.getByRole('button', { name: 'Speichern' }).click()
  await page.getByRole('alert').first().waitFor()
}

async function newTicket(page) {
  await page.getByRole('button', { name: 'Ticket', exact: true }).click()
  await page.getByRole('dialog', { name: 'Ticket eröffnen' }).waitFor()
}

async function ticketOpen(page) {
  await page.getByRole('region', { name: 'Offen' }).getByRole('button').first().click()
  await page.getByRole('dialog').getByText('Verlauf').waitFor()
}

const questions = (page) => page.getByText('Keine Fragen').or(page.getByRole('list', { name: 'Einzelne Fragen' })).first().waitFor()

async function questionOpen(page) {
  await questions(page)
  const first = page.getByRole('list', { name: 'Einzelne Fragen' }).getByRole('button').first()
  if (!(await first.isVisible())) return
  await first.click()
  await page.getByRole('dialog').getByText('Was Sie tun können').waitFor()
  await page.getByRole('dialog').getByRole('list', { name: 'Nächste Stellen' }).or(page.getByText('Nichts, was dem nahe kommt.')).first().waitFor()
}

async function answering(page) {
  await questionOpen(page)
  const write = page.getByRole('button', { name: 'Antwort schreiben' })
  if (!(await write.isVisible())) return
  await write.click()
  await page.getByRole('dialog', { name: 'Antwort schreiben' }).waitFor()
}

export const QUALITY_ADMIN = [
  { path: '/admin/kpis', then: (page) => page.getByRole('region', { name: /Braucht Aufmerksamkeit|Im Rahmen|Noch ohne Urteil/ }).first().waitFor() },
  { path: '/admin/kpis?kennzahl=answers', name: 'figure', then: (page) => page.getByRole('dialog').getByText('Bedeutung').waitFor() },
  { path: '/admin/kpis?teil=alarme', then: rules },
  { path: '/admin/kpis?teil=alarme', name: 'dry run', then: dryRun },
  { path: '/admin/kpis?teil=schwellen', then: (page) => page.getByLabel('Schwellen (YAML)').waitFor() },
  { path: '/admin/kpis?teil=schwellen', name: 'back-test', then: backTested },
  { path: '/admin/kpis?teil=schwellen', name: 'refused', then: refused },
  { path: '/admin/kpis?teil=tickets', then: (page) => page.getByRole('group', { name: 'Tickets nach Stand' }).waitFor() },
  { path: '/admin/kpis?teil=tickets', name: 'new ticket', then: newTicket },
  { path: '/admin/kpis?teil=tickets', name: 'ticket', then: ticketOpen },
  { path: '/admin/kpis?teil=luecken', then: (page) => page.getByText('Keine Wissenslücken').or(page.getByRole('list', { name: 'Wissenslücken' })).first().waitFor() },
  { path: '/admin/kpis?teil=luecken&fragen=einzeln', then: questions },
  { path: '/admin/kpis?teil=luecken&fragen=einzeln', name: 'question', then: questionOpen },
  { path: '/admin/kpis?teil=luecken&fragen=einzeln', name: 'answer', then: answering },
  { path: '/admin/kpis?teil=luecken&stand=geschlossen', then: (page) => page.getByText('Noch keine geschlossene Lücke').waitFor() },
]
