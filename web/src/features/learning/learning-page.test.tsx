import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetLearning } from '../../../tools/mock/learning.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import type { Role } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { LearningPage } from './learning-page'
import { readLearningSearch, type LearningSearch } from './search'
import { effectLines } from './words'

beforeEach(() => resetLearning())

function Shown({ who, start }: { who: Role; start: LearningSearch }) {
  const [search, setSearch] = useState(start)
  return <LearningPage role={who} search={search} onSearch={(next) => setSearch((old) => readLearningSearch({ ...old, ...next }))} />
}

const show = (start: LearningSearch = {}, who: Role = 'admin') =>
  renderRouted(
    <Toasts>
      <Shown who={who} start={start} />
    </Toasts>,
  )

describe('what was learned', () => {
  it('says from how many people and with which effect, and goes back when asked to', async () => {
    show()
    const list = await screen.findByRole('list', { name: 'Lernprotokoll' })
    await userEvent.click(within(list).getByRole('button', { name: /Thema Sperrung/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Thema Sperrung' })
    expect(await within(drawer).findByText(/\+13,5 Punkte \(61 → 74,5, n = 40\)/)).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await userEvent.click(await within(list).findByRole('button', { name: 'Zurücknehmen' }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: 'Gelerntes zurücknehmen?' })).getByRole('button', { name: 'Zurücknehmen' }))
    await waitFor(() => expect(within(list).getByText('zurückgenommen')).toBeTruthy())
  })

  it('is stopped, and a pair of words waits for a decision', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Anhalten' }))
    expect(await screen.findByText('angehalten')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Annehmen' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Annehmen' })).toBeNull())
  })

  it('reads only what was measured', () => {
    expect(effectLines({ groups: [{ name: 'a' }, 5, { name: 'b', n: 2, before: 1, after: 0, gain: -1 }] })).toEqual([{ name: 'b', text: '-1 Punkte (1 → 0, n = 2)' }])
  })
})

describe('prompts', () => {
  it('are promoted only after the comparison was seen', async () => {
    show({ teil: 'prompts' })
    await userEvent.click(await screen.findByRole('button', { name: /2 Entwurf/ }))
    await userEvent.click(await screen.findByRole('button', { name: 'Vergleichen und freigeben' }))
    const dialog = await screen.findByRole('dialog', { name: 'Für alle freigeben?' })
    expect(within(dialog).getByText('messbar besser')).toBeTruthy()
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freigeben' }))
    expect(await screen.findByText('Freigegeben: Sie antwortet jetzt allen.')).toBeTruthy()
  })
})

describe('proofs', () => {
  it('are an auditor\'s: the log with its chain, consents, erasures, what was learned, and nothing to change', async () => {
    show({ teil: 'protokoll' }, 'auditor')
    await userEvent.click(await screen.findByRole('button', { name: 'Nachprüfen' }))
    expect(await screen.findByText('unverändert')).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Einwilligungen' }))
    expect(await screen.findByText('keine Einwilligung', { exact: false })).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Löschungen' }))
    expect((await screen.findByRole('list', { name: 'Löschverzeichnis' })).textContent).toContain('Beiträge: 12')
    expect(screen.queryByRole('button', { name: 'Person löschen' })).toBeNull()
    await userEvent.click(screen.getByRole('tab', { name: 'Gelernt' }))
    await screen.findByRole('list', { name: 'Lernprotokoll' })
    expect(screen.queryByRole('button', { name: 'Jetzt lernen' })).toBeNull()
  })
})
