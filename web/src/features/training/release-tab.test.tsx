import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { mockOneKey, mockServing, mockTrial, resetTraining } from '../../../tools/mock/training.mjs'
import { server } from '../../../tools/mock/vitest'
import type { Capability } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { readTrainingSearch, type TrainingSearch } from './search'
import { TrainingPage } from './training-page'

beforeEach(() => resetTraining())

const ENGINEER: Capability[] = ['use', 'company', 'serve', 'measure', 'data', 'operate', 'learned', 'promote']
const AUDITOR: Capability[] = ['use', 'company', 'examine', 'learned']
const DONE = 'sophia-finetune-2026-11-24'

function Shown({ start }: { start: TrainingSearch }) {
  const [search, setSearch] = useState(start)
  return <TrainingPage search={search} onSearch={(next) => setSearch((old) => readTrainingSearch({ ...old, ...next }))} />
}

const show = (start: TrainingSearch, may: Capability[]) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
  )

describe('the release', () => {
  it('says what holds it, and nobody can turn a key then', async () => {
    show({ lauf: DONE, sicht: 'freigabe' }, ENGINEER)
    expect((await screen.findByRole('list', { name: 'Was die Freigabe hält' })).textContent).toContain('Kündigung (52 % statt 81 % der Fakten)')
    expect(screen.getByRole('button', { name: 'Freigeben' })).toHaveProperty('disabled', true)
  })

  it('takes one key of each person, with a reason', async () => {
    show({ lauf: DONE, sicht: 'urteil' }, ENGINEER)
    await userEvent.click(await screen.findByRole('button', { name: 'Neu beurteilen' }))
    await userEvent.click(screen.getByRole('tab', { name: 'Freigabe' }))
    expect(await screen.findByText('0 von 2 Schlüsseln sind gedreht. Mit dem letzten dient das Modell.')).toBeTruthy()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Freigeben' })).toHaveProperty('disabled', false))
    const calls: [string, unknown][] = []
    server.events.removeAllListeners()
    server.events.on('request:start', ({ request }) => {
      if (request.method === 'POST') void request.clone().json().then((body: unknown) => calls.push([new URL(request.url).pathname.replace('/api/v1/training/', ''), body]))
    })
    await userEvent.click(screen.getByRole('button', { name: 'Freigeben' }))
    const dialog = await screen.findByRole('dialog', { name: 'Modell freigeben?' })
    await userEvent.type(within(dialog).getByLabelText('Begründung'), 'Stichprobe gelesen')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freigeben' }))
    expect(await screen.findByText('1 von 2 Schlüsseln sind gedreht. Mit dem letzten dient das Modell.')).toBeTruthy()
    expect(calls[0]).toEqual([`runs/${DONE}/keys`, { evaluation_id: '00000000-0000-7000-8000-000000002980', says: 'yes', reason: 'Stichprobe gelesen', share: 1 }])
    expect(within(screen.getByRole('list', { name: 'Schlüssel' })).getByText('Stichprobe gelesen')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Ablehnen' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Ablehnen' }))
    expect(await screen.findByText('Sie haben zu dieser Bewertung schon etwas gesagt; freigeben muss eine zweite Person.')).toBeTruthy()
  })

  it('is not for who may not promote', async () => {
    show({ lauf: DONE, sicht: 'freigabe' }, AUDITOR)
    expect(await screen.findByText('Freigeben dürfen Datentechnik und Betriebsverwaltung, angemeldet mit ihrem Namen.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Freigeben' })).toBeNull()
  })

  it('is taken back in one step', async () => {
    mockServing()
    show({}, ENGINEER)
    const line = await screen.findByRole('region', { name: 'Im Dienst' })
    expect(line.textContent).toContain('sophia-finetune-2026-11-20 antwortet seit')
    await userEvent.click(within(line).getByRole('button', { name: 'Einen Schritt zurück' }))
    const dialog = await screen.findByRole('dialog', { name: 'Modell zurücknehmen?' })
    expect(dialog.textContent).toContain('Es antwortet sofort wieder die Basis, ohne Adapter.')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Zurücknehmen' }))
    expect(await screen.findByText('Es dient kein trainiertes Modell.')).toBeTruthy()
  })

  it('lets the second key choose whom it answers first', async () => {
    mockOneKey()
    show({ lauf: DONE, sicht: 'freigabe' }, ENGINEER)
    await userEvent.click(await screen.findByRole('button', { name: 'Freigeben' }))
    const dialog = await screen.findByRole('dialog', { name: 'Modell freigeben?' })
    await userEvent.click(within(dialog).getByRole('radio', { name: 'nur im Schatten' }))
    const bodies: unknown[] = []
    server.events.removeAllListeners()
    server.events.on('request:start', ({ request }) => {
      if (request.method === 'POST') void request.clone().json().then((body: unknown) => bodies.push(body))
    })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freigeben' }))
    expect(await screen.findByRole('heading', { name: 'Im Schatten' })).toBeTruthy()
    expect(bodies[0]).toMatchObject({ says: 'yes', share: 0 })
    expect(screen.getByRole('button', { name: 'Für alle' })).toHaveProperty('disabled', true) // what it proves is surely less
    expect(screen.queryByRole('button', { name: 'Ablehnen' })).toBeNull()
  })

  it('shows both sides of a trial with their bounds, and makes it the one that answers all', async () => {
    mockTrial()
    show({ lauf: DONE, sicht: 'freigabe' }, ENGINEER)
    const table = within(await screen.findByRole('region', { name: 'Tabelle: Versuch' }))
    expect(table.getByRole('row', { name: /Belegtreue/ }).textContent).toBe('Belegtreue91,4 % (89,2 bis 93,6; 212)86,1 % (85,2 bis 87,0; 1.904)besser')
    expect(table.getByRole('row', { name: /Verärgert/ }).textContent).toContain('zu wenige Personen')
    expect(table.getByRole('row', { name: /Antwortzeit/ }).textContent).toContain('2,9 s (2,6 s bis 3,3 s; 95)')
    await userEvent.click(screen.getByRole('button', { name: 'Für alle' }))
    const dialog = await screen.findByRole('dialog', { name: 'Für alle in Dienst nehmen?' })
    expect(dialog.textContent).toContain('an Stelle von sophia-finetune-2026-11-20')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Für alle' }))
    expect(await screen.findByText('Dieses Modell dient.')).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'Tabelle: Versuch' })).toBeNull()
  })

  it('ends a trial, after which it may be tried again without another key', async () => {
    mockTrial()
    show({ lauf: DONE, sicht: 'freigabe' }, ENGINEER)
    await userEvent.click(await screen.findByRole('button', { name: 'Versuch beenden' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Beenden' }))
    expect(await screen.findByText('Beide Schlüssel sind gedreht. Das Modell antwortet noch niemandem.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Antworten lassen' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Antworten lassen' }))
    expect(await screen.findByRole('heading', { name: 'Versuch' })).toBeTruthy()
  })

  it('says on the page what is tried', async () => {
    mockTrial()
    show({}, AUDITOR)
    expect((await screen.findByRole('region', { name: 'Im Dienst' })).textContent).toContain('Erprobt wird sophia-finetune-2026-11-24: bei 10 % der Menschen, bisher besser.')
  })
})
