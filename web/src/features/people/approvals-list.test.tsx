import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { expect, it } from 'vitest'
import { OPERATOR_WAITS } from '../../../tools/mock/accounts.mjs'
import { resetLearning } from '../../../tools/mock/learning.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import type { Approval } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { ApprovalsList } from './approvals-list'

const LEARNED = '00000000-0000-7000-8000-000000000302'

/** What waits, each as the one that the mock knows but for these. */
async function shown(all: Partial<Approval>[], named = true): Promise<HTMLElement[]> {
  const approvals = all.map((more, at) => ({ ...OPERATOR_WAITS, approval_id: `a${at}`, person: null, ...more }))
  server.use(http.get('*/api/v1/admin/approvals', () => ok({ approvals, total: all.length, wanted: [] })))
  renderRouted(
    <Toasts>
      <ApprovalsList named={named} />
    </Toasts>,
  )
  const list = await screen.findByRole('list', { name: 'Bestätigungen' })
  return [...list.children] as HTMLElement[]
}

it('says of whom and what, where it is known by a number only', async () => {
  resetLearning()
  const lines = await shown([
    { action: 'person.recover', person: 'Olga Brandt', args: { user_id: 'x' } },
    { action: 'person.erase', args: { subject_id: '0190-abc', purge_snapshots: true } },
    { action: 'learning.decide', args: { entry_id: LEARNED, approved: true } },
    { action: 'prompt.promote', args: { prompt: 'luna-3', seal: 's' } },
  ])
  expect(lines[0]?.textContent).toContain('Olga Brandt bekommt einen Link')
  expect(lines[1]?.textContent).toMatch(/Pseudonym 0190-abc wird gelöscht.*Sicherungen werden mit gelöscht.*nicht zurücknehmen/)
  expect(await within(lines[2] as HTMLElement).findByText(/„Stecker-Solar = Steckersolargerät“ \(42 Belege von 9 Personen\)/)).toBeTruthy()
  expect(lines[2]?.textContent).toContain('angenommen und zählt sofort')
  expect(within(lines[3] as HTMLElement).getByRole('link', { name: 'Wortlaut und Vergleich ansehen' }).getAttribute('href')).toContain('prompt=luna-3')
})

it('shows which thresholds would change, and that they have changed meanwhile', async () => {
  server.use(http.get('*/api/v1/admin/thresholds', () => ok({ text: 'regeln:\n  grenze: 5\n', version: 'neuer' })))
  const [line] = await shown([{ action: 'thresholds.change', args: { text: 'regeln:\n  grenze: 7\n', version: 'alt' } }])
  const change = await screen.findByRole('region', { name: 'Was sich ändert' })
  expect(within(change).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['1 regeln:', '2-entfällt:   grenze: 5', '2+neu:   grenze: 7', '3 '])
  expect(line?.textContent).toContain('Eine Bestätigung misslingt')
})

it('shows the link of who is helped back, once', async () => {
  server.use(http.post('*/api/v1/admin/approvals/:id', () => ok({ ...OPERATOR_WAITS, path: '/einladung#geheim' })))
  await shown([{ action: 'person.recover', title: 'Zurück hineinhelfen', person: 'Olga Brandt' }])
  await userEvent.click(screen.getByRole('button', { name: 'Bestätigen' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Bestätigen und ausführen' }))
  const dialog = await screen.findByRole('dialog', { name: 'Link für Olga Brandt' })
  expect(within(dialog).getByTestId('invitation-link').textContent).toContain('/einladung#geheim')
})

it('offers nothing to the operator’s key, which is nobody', async () => {
  await shown([{}], false)
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText(/mit Namen angemeldet/)).toBeTruthy()
})
