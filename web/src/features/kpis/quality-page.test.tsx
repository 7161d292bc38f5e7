import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetQuality } from '../../../tools/mock/quality.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import type { Role } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { everyWords, marginOf } from './alert-words'
import { QualityPage } from './quality-page'
import { readQualitySearch, type QualitySearch } from './search'
import { effectText, gainText } from './ticket-words'

beforeEach(() => resetQuality())

function Shown({ role, start }: { role: Role; start: QualitySearch }) {
  const [search, setSearch] = useState(start)
  return <QualityPage role={role} search={search} onSearch={(next) => setSearch((old) => readQualitySearch({ ...old, ...next }))} />
}

const show = (start: QualitySearch, role: Role = 'admin') =>
  renderRouted(
    <Toasts>
      <Shown role={role} start={start} />
    </Toasts>,
  )

describe('alarms', () => {
  it('stand worst first with the reason, and a dry run explains each rule', async () => {
    show({ teil: 'alarme' })
    const rows = within(await screen.findByRole('list', { name: 'Regeln' })).getAllByRole('listitem')
    expect(rows[0]?.textContent).toContain('Warnung')
    expect(rows[0]?.textContent).toContain('40,0 %')
    await userEvent.click(screen.getByRole('button', { name: 'Probelauf' }))
    const dry = await screen.findByRole('dialog', { name: 'Probelauf' })
    expect(dry.textContent).toContain('Es wurde nichts geändert')
    expect(dry.textContent).toContain('auffällig → Warnung')
  })

  it('lead to their ticket, and only the operator may evaluate or silence', async () => {
    show({ teil: 'alarme' }, 'engineer')
    await userEvent.click(await screen.findByRole('button', { name: /Nr\. 7/ }))
    expect(await screen.findByRole('dialog', { name: /Ladesäule/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Jetzt bewerten' })).toBeNull()
  })

  it('show how far a value is from its threshold', () => {
    expect(marginOf({ value: 0.45, warn: 0.25, critical: 0.45, clear: 0.05, direction: 'above' })?.at).toBe(1)
    expect(marginOf({ value: 0.9, warn: 0.85, critical: 0.7, clear: 0.05, direction: 'below' })?.at).toBeLessThan(marginOf({ value: 0.8, warn: 0.85, critical: 0.7, clear: 0.05, direction: 'below' })?.at ?? 0)
    expect(marginOf({ value: 0, warn: 20, critical: 50, clear: 2, direction: 'above' })?.at).toBe(0)
    expect(marginOf({ value: 1, warn: 0.75, critical: 0.6, clear: 0.05, direction: 'below' })?.at).toBe(0)
    expect(everyWords('15m')).toBe('15 Minuten')
    expect(marginOf({ value: null, warn: 1, critical: null, clear: 0, direction: 'above' })).toBeNull()
  })
})

describe('thresholds', () => {
  it('are tried on the past before they are saved, and an error names its line', async () => {
    show({ teil: 'schwellen' })
    const box = await screen.findByLabelText('Schwellen (YAML)')
    await userEvent.click(screen.getByRole('button', { name: 'An der Vergangenheit prüfen' }))
    expect(await screen.findByText('hätte 3x ausgelöst')).toBeTruthy()
    await userEvent.type(box, 'unfug: 1')
    await userEvent.click(screen.getByRole('button', { name: 'An der Vergangenheit prüfen' }))
    expect(await screen.findByText('Zeile 5')).toBeTruthy()
  })
})

describe('tickets', () => {
  it('move on the board with a comment, and show their questions', async () => {
    show({ teil: 'tickets' })
    await userEvent.click(await screen.findByRole('button', { name: /Unterlagen fehlen/ }))
    const drawer = await screen.findByRole('dialog', { name: /Ladesäule/ })
    expect(await within(drawer).findByText('Gibt es eine Förderung für Ladesäulen?')).toBeTruthy()
    expect(drawer.textContent).toContain('10 % der Fragen (zwischen 5 und 17 %)')
    await userEvent.selectOptions(within(drawer).getByLabelText('Stand'), 'doing')
    await userEvent.type(within(drawer).getByLabelText('Kommentar'), 'Förderrichtlinie ist bestellt.')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Speichern' }))
    await waitFor(() => expect(within(drawer).getByText('Förderrichtlinie ist bestellt.', { selector: 'span' })).toBeTruthy())
    expect(screen.getByRole('region', { name: 'In Arbeit', hidden: true }).textContent).toContain('Unterlagen fehlen')
  })

  it('tell gain and effect in words', () => {
    expect(effectText({ before: { value: 0.4 }, after: { value: 0.1 }, verdict: 'better' })).toBe('besser geworden: von 40 % auf 10 %')
    expect(effectText({ before: { value: null }, after: { value: 0.1 }, verdict: 'few' })).toBe('zu wenige Fälle')
    expect(gainText({})).toBe('noch nicht zu beziffern')
  })
})

describe('gaps', () => {
  it('show their questions and open a ticket that is filled in', async () => {
    show({ teil: 'luecken' })
    await userEvent.click(await screen.findByRole('button', { name: /ladesaeul/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Wissenslücke' })
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Ticket eröffnen' }))
    const form = await screen.findByRole('dialog', { name: 'Ticket eröffnen' })
    expect((within(form).getByLabelText('Was ist zu tun?') as HTMLInputElement).value).toContain('ladesaeul')
  })
})
