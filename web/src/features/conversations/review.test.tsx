import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { Toasts } from '@/ui/toast'
import { ReviewTab } from './review-tab'
import { readTalkSearch, type TalkSearch } from './search'

beforeEach(() => resetPeople())

function Shown() {
  const [search, setSearch] = useState<TalkSearch>({ teil: 'durchsicht' })
  return <ReviewTab search={search} onSearch={(next) => setSearch((old) => readTalkSearch({ ...old, ...next }))} />
}

const show = () => {
  renderRouted(
    <Toasts>
      <Shown />
    </Toasts>,
  )
  return screen.findByRole('list', { name: 'Wartende Antworten' })
}
const entry = () => screen.findByRole('region', { name: 'Antwort zur Durchsicht' })

describe('the editorial queue', () => {
  it('is walked, rated and decided with the keyboard alone, and a decision can be taken back', async () => {
    const list = await show()
    await userEvent.keyboard('j')
    expect((await entry()).textContent).toContain('Wann darf mir der Strom gesperrt werden?')
    await userEvent.keyboard('4')
    expect(screen.getByRole('button', { name: '4 von 5' }).getAttribute('aria-pressed')).toBe('true')
    await userEvent.keyboard('a')
    expect(await screen.findByText('Angenommen')).toBeTruthy()
    await waitFor(() => expect(within(list).queryByText('Wann darf mir der Strom gesperrt werden?')).toBeNull())
    expect((await entry()).textContent).toContain('Wie melde ich eine Wärmepumpe an?')
    await userEvent.click(await screen.findByRole('button', { name: 'Rückgängig' }))
    await waitFor(() => expect(within(list).getByText('Wann darf mir der Strom gesperrt werden?')).toBeTruthy())
  })

  it('asks for the right answer before a change, and keys are no keys while one writes', async () => {
    await show()
    await userEvent.keyboard('j')
    await entry()
    await userEvent.keyboard('e')
    const dialog = await screen.findByRole('dialog', { name: 'Antwort ändern' })
    const box = within(dialog).getByLabelText('Richtige Antwort')
    await userEvent.clear(box)
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect(within(dialog).getByText('Bitte schreiben Sie die richtige Antwort.')).toBeTruthy()
    await userEvent.type(box, 'Nach vier Wochen, siehe Absatz 2.')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect(await screen.findByText('Geändert')).toBeTruthy()
  })

  it('shows why an answer was drawn, and whether it may be learned from', async () => {
    await show()
    await userEvent.click(screen.getByRole('button', { name: /Wärmepumpe/ }))
    const shown = await entry()
    expect(shown.textContent).toContain('nicht zum Lernen freigegeben')
    expect(shown.textContent).toContain('seltene Frage')
  })
})
