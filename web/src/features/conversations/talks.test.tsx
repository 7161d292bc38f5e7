import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { readTalkSearch, type TalkSearch } from './search'
import { TalksPage } from './talks-page'
import { consentWords, editorName, speaker } from './words'

beforeEach(() => resetPeople())

function Shown({ start }: { start: TalkSearch }) {
  const [search, setSearch] = useState(start)
  return <TalksPage search={search} onSearch={(next) => setSearch((old) => readTalkSearch({ ...old, ...next }))} />
}

const show = (start: TalkSearch = {}) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
  )

describe('conversations', () => {
  it('are listed with consent and judgement, and open with all that was said', async () => {
    show()
    const row = await screen.findByRole('button', { name: /dritte falsche Rechnung/ })
    expect(row.textContent).toContain('1x nicht hilfreich')
    await userEvent.click(row)
    const drawer = await screen.findByRole('dialog', { name: 'Gespräch' })
    const turns = within(await within(drawer).findByRole('list', { name: 'Beiträge' })).getAllByRole('listitem')
    expect(turns.map((turn) => turn.textContent?.slice(0, 6))).toEqual(['Person', 'Luna 2'])
    await userEvent.click(within(drawer).getByRole('button', { name: 'verärgert' }))
    await waitFor(() => expect(within(drawer).getByRole('button', { name: 'verärgert' }).getAttribute('aria-pressed')).toBe('true'))
    await userEvent.click(within(drawer).getByRole('button', { name: 'Zur Durchsicht' }))
    expect((await screen.findByRole('region', { name: 'Antwort zur Durchsicht' })).textContent).toContain('Wann darf mir der Strom gesperrt werden?')
  })

  it('keep the focus where a tone was said', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: /dritte falsche Rechnung/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Gespräch' })
    await userEvent.click(await within(drawer).findByRole('button', { name: 'verärgert' }))
    await waitFor(() => expect(within(drawer).getByRole('button', { name: 'verärgert' }).getAttribute('aria-pressed')).toBe('true'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(document.activeElement?.textContent).toBe('verärgert')
  })

  it('are asked for their tone only where that may be looked at, and name who spoke', async () => {
    const said = [
      { seq: 0, role: 'user', ts: '2026-11-20T08:00:00Z', text: 'Meine Rechnung stimmt nicht.', answer_id: null, meta: {}, tone: null, review_id: null, useful: null },
      { seq: 1, role: 'assistant', ts: '2026-11-20T08:00:02Z', text: 'Ich prüfe das.', answer_id: null, meta: {}, tone: null, review_id: null, useful: null },
    ]
    const talk = { conversation_id: '00000000-0000-7000-8000-000000000500', source: 'sophia', channel: 'phone', subject_id: null, purposes: ['service'], started_at: '2026-11-20T08:00:00Z', last_at: '2026-11-20T08:05:00Z', ended_at: null, turns: 2, searchable: false, said }
    server.use(http.get('*/api/v1/admin/conversations/:id', () => ok(talk)))
    show({ gespraech: talk.conversation_id })
    const drawer = await screen.findByRole('dialog', { name: 'Gespräch' })
    const turns = within(await within(drawer).findByRole('list', { name: 'Beiträge' })).getAllByRole('listitem')
    expect(turns[1]?.textContent).toMatch(/^Sophia/)
    expect(within(drawer).queryByRole('button', { name: 'verärgert' })).toBeNull()
    expect(speaker('assistant', 'nova')).toBe('Luna')
  })

  it('are searched by their words, and say so when nothing is found', async () => {
    show({ suche: 'Rechnung' })
    expect(within(await screen.findByRole('list', { name: 'Fundstellen in Gesprächen' })).getAllByRole('listitem')).toHaveLength(1)
    const box = screen.getByRole('searchbox', { name: 'Gespräche durchsuchen' })
    await userEvent.clear(box)
    await userEvent.type(box, 'Polarlicht')
    expect(await screen.findByText('Nichts gefunden')).toBeTruthy()
  })

  it('say that a choice leaves none, and give a way back', async () => {
    show()
    await userEvent.selectOptions(await screen.findByLabelText('Einwilligung'), 'training')
    await userEvent.click(await screen.findByRole('button', { name: 'Alle zeigen' }))
    expect(await screen.findByRole('list', { name: 'Gespräche' })).toBeTruthy()
  })

  it('names consents in one order, and who decided without their role', () => {
    expect(consentWords(['training', 'service', 'analytics'])).toEqual(['aufbewahren', 'messen', 'lernen'])
    expect(editorName('reviewer:04b312e8-3e7c-456c-80a3-7cc20f7331e6')).toBe('R-04B312E8')
    expect(editorName('admin')).toBe('Verwaltung')
  })

  it('keep their filters in the address and drop nonsense from it', () => {
    expect(readTalkSearch({ quelle: 'sophia', zweck: 'training' })).toEqual({ quelle: 'sophia', zweck: 'training' })
    expect(readTalkSearch({ quelle: '<b>', zweck: 'alles' })).toEqual({})
  })
})
