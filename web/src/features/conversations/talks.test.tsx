import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { Toasts } from '@/ui/toast'
import { readTalkSearch, type TalkSearch } from './search'
import { TalksPage } from './talks-page'
import { consentWords, editorName } from './words'

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
