import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { Toasts } from '@/ui/toast'
import { readTalkSearch, type TalkSearch } from './search'
import { TalksPage } from './talks-page'

beforeEach(() => resetPeople())

function Page() {
  const [search, setSearch] = useState<TalkSearch>({ teil: 'zweitmeinung' })
  return <TalksPage search={search} onSearch={(next) => setSearch((old) => readTalkSearch({ ...old, ...next }))} />
}

const show = async () => {
  renderRouted(
    <Toasts>
      <Page />
    </Toasts>,
  )
  return screen.findByRole('list', { name: 'Antworten für eine zweite Meinung' })
}
const entry = () => screen.findByRole('region', { name: 'Antwort für eine zweite Meinung' })

describe('second opinions', () => {
  it('are given blind: the answer and its citations, and no word of how it was decided', async () => {
    const list = await show()
    expect(screen.getByRole('tab', { name: 'Zweite Meinung (4)' })).toBeTruthy()
    expect(within(list).getByText('überfällig')).toBeTruthy()
    await userEvent.click(within(list).getByRole('button', { name: /Wallbox/ }))
    const shown = await entry()
    expect(within(shown).getByRole('list', { name: 'Belege' })).toBeTruthy()
    for (const told of ['angenommen', 'abgelehnt', 'geändert', 'R-']) expect(shown.textContent).not.toContain(told)
    await userEvent.click(within(shown).getByRole('button', { name: 'Annehmen' }))
    expect(await screen.findByText('Sie sind sich einig')).toBeTruthy()
    expect((await entry()).textContent).toContain('Wie lange gilt mein Preis')
    await waitFor(() => expect(within(list).queryByRole('button', { name: /Wallbox/ })).toBeNull())
  })

  it('show both sides where two differ, and offer nobody to decide for themselves', async () => {
    const list = await show()
    await userEvent.click(within(list).getByRole('button', { name: /Wallbox/ }))
    await userEvent.type(within(await entry()).getByLabelText('Warum (freiwillig)'), 'Die Mindestleistung fehlt.')
    await userEvent.click(within(await entry()).getByRole('button', { name: 'Ändern' }))
    const disputes = await screen.findByRole('region', { name: 'Uneinig' })
    const own = (await within(disputes).findByText('Die Mindestleistung fehlt.')).closest('li') as HTMLElement
    expect(within(own).queryByRole('button', { name: 'Zweite hat recht' })).toBeNull()
    await userEvent.click(within(own).getByRole('button', { name: 'Erste hat recht' }))
    expect(await screen.findByText('Die Entscheidung bleibt')).toBeTruthy()
    await waitFor(() => expect(screen.queryByText('Die Mindestleistung fehlt.')).toBeNull())
  })

  it('say how far editors agree, and have the guidelines beside them', async () => {
    await show()
    const told = screen.getByRole('region', { name: 'Einigkeit der Redaktion' })
    expect(told.textContent).toContain('Kappa 0,52')
    expect(told.textContent).toContain('zu uneinig')
    expect(told.textContent).toContain('in keinen Trainingsdatensatz')
    const guide = screen.getByText('Leitfaden: Wann annehmen, ändern, ablehnen?')
    await userEvent.click(guide)
    expect((guide.closest('details') as HTMLDetailsElement).open).toBe(true)
  })
})
