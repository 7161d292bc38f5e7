import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetQuality, touchTicket } from '../../../tools/mock/quality.mjs'
import { OPERATOR, renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import type { Capability } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { everyWords, standing } from './alerts/alert-words'
import { marginOf } from './alerts/margin'
import { QualityPage } from './quality-page'
import { readQualitySearch, type QualitySearch } from './search'
import { effectText, gainText, ticketText } from './tickets/ticket-words'

beforeEach(() => resetQuality())

function Shown({ start }: { start: QualitySearch }) {
  const [search, setSearch] = useState(start)
  return <QualityPage search={search} onSearch={(next) => setSearch((old) => readQualitySearch({ ...old, ...next }))} />
}

const show = (start: QualitySearch, may: Capability[] = OPERATOR) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
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

  it('say each threshold once, with the margin to the next', async () => {
    show({ teil: 'alarme' })
    const [row] = within(await screen.findByRole('list', { name: 'Regeln' })).getAllByRole('listitem')
    await waitFor(() => expect(row?.textContent).toContain('15,0\u00a0Punkte jenseits der Warnung, noch 5,0\u00a0Punkte bis kritisch'))
    expect(row?.textContent?.match(/Warnung über/g)).toHaveLength(1)
    const history = await screen.findByRole('list', { name: 'Verlauf der Alarme' })
    expect(history.textContent).toContain('WarnungOhne Antwort')
    expect(history.tabIndex).toBe(0)
  })

  it('lead to their ticket, and who may measure evaluates, but silences nothing', async () => {
    show({ teil: 'alarme' }, ['use', 'company', 'measure', 'data', 'operate', 'learned'])
    const ticket = await screen.findByRole('button', { name: /Nr\. 7/ })
    expect(screen.getByRole('button', { name: 'Jetzt bewerten' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Stumm/ })).toBeNull()
    await userEvent.click(ticket)
    expect(await screen.findByRole('dialog', { name: /Ladesäule/ })).toBeTruthy()
  })

  it('show how far a value is from its threshold', () => {
    expect(marginOf({ value: 0.45, warn: 0.25, critical: 0.45, clear: 0.05, direction: 'above' })?.at).toBe(1)
    expect(marginOf({ value: 0.9, warn: 0.85, critical: 0.7, clear: 0.05, direction: 'below' })?.at).toBeLessThan(marginOf({ value: 0.8, warn: 0.85, critical: 0.7, clear: 0.05, direction: 'below' })?.at ?? 0)
    expect(marginOf({ value: 0, warn: 20, critical: 50, clear: 2, direction: 'above' })?.at).toBe(0)
    expect(marginOf({ value: 1, warn: 0.75, critical: 0.6, clear: 0.05, direction: 'below' })?.at).toBe(0)
    expect([everyWords('15m'), everyWords('1h'), everyWords('1d')]).toEqual(['alle 15 Minuten', 'jede Stunde', 'jeden Tag'])
    expect(marginOf({ value: null, warn: 1, critical: null, clear: 0, direction: 'above' })).toBeNull()
  })
})

const of = (...states: Parameters<typeof standing>[0][number]['state'][]) => standing(states.map((state) => ({ state })))

describe('how alarms stand in a sentence', () => {
  it('calls nothing calm that knows too little or has not recovered', () => {
    expect(of('ok', 'ok')).toBeNull()
    expect(of('no_data', 'no_data')).toBe('Keine Regel hat genug Daten, um etwas zu sagen.')
    expect(of('ok', 'clearing', 'no_data')).toBe('Keine Regel schlägt an, 1 erholt sich, 1 hat zu wenig Daten.')
    expect(of('warn', 'critical', 'pending')).toBe('2 von 3 Regeln schlagen an, 1 ist auffällig.')
    expect(of('warn')).toBe('1 von 1 Regel schlägt an.')
  })

  it('names messages that reached nobody', async () => {
    const notice = { notice_id: '00000000-0000-7000-8000-000000000052', event: 'alert.warn', channel: 'mail', title: 'Warnung: Ohne Antwort', state: 'failed', error: 'Der Postserver nimmt nichts an.', created_at: '2026-11-21T08:00:00Z', ended_at: '2026-11-21T08:05:00Z' }
    server.use(http.get('*/api/v1/admin/alerts', () => ok({ alerts: [], counts: {}, channels: ['log', 'mail'], notices: [notice] })))
    show({ teil: 'alarme' })
    const section = await screen.findByRole('region', { name: 'Nicht zugestellt (1)' })
    expect(section.textContent).toContain('Der Postserver nimmt nichts an.')
  })
})

describe('thresholds', () => {
  it('are tried on the past before they are saved, and an error names its line', async () => {
    show({ teil: 'schwellen' })
    const box = await screen.findByLabelText('Schwellen (YAML)')
    await userEvent.click(screen.getByRole('button', { name: 'An der Vergangenheit prüfen' }))
    const row = (await screen.findByText('hätte 3x ausgelöst')).closest('li')
    expect(row?.textContent).toContain('Ohne Antwort')
    expect(screen.getAllByText(/hätte 3x ausgelöst/i)).toHaveLength(1)
    await userEvent.type(box, 'unfug: 1')
    await userEvent.click(screen.getByRole('button', { name: 'An der Vergangenheit prüfen' }))
    expect(await screen.findByText('Zeile 5')).toBeTruthy()
  })
})

describe('a text of thresholds that is being changed', () => {
  it('outlives a look at another part of the page', async () => {
    show({ teil: 'schwellen' })
    await userEvent.type(await screen.findByLabelText('Schwellen (YAML)'), '# halb fertig')
    await userEvent.click(screen.getByRole('tab', { name: 'Wissenslücken' }))
    await screen.findByRole('list', { name: 'Wissenslücken' })
    await userEvent.click(screen.getByRole('tab', { name: 'Schwellen' }))
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Schwellen (YAML)')).value).toContain('# halb fertig')
    await userEvent.click(screen.getByRole('button', { name: 'Verwerfen' }))
    expect(screen.getByLabelText<HTMLTextAreaElement>('Schwellen (YAML)').value).not.toContain('# halb fertig')
  })
})

const ticketRow = (number: number, state: string) => ({ ticket_id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`, number, kind: 'knowledge', owner: 'lumina', state, title: `Ticket ${number}`, gap_questions: 0, changed_at: '2026-11-21T08:00:00Z' })

describe('tickets', () => {
  it('keep what was written when somebody else was quicker, and take it at the second try', async () => {
    show({ teil: 'tickets' })
    await userEvent.click(await screen.findByRole('button', { name: /Unterlagen fehlen/ }))
    const drawer = await screen.findByRole('dialog', { name: /Ladesäule/ })
    await userEvent.type(await within(drawer).findByLabelText('Kommentar'), 'Ist bestellt.')
    touchTicket()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Speichern' }))
    expect((await within(drawer).findByRole('alert')).textContent).toContain('inzwischen geändert')
    expect(within(drawer).getByLabelText<HTMLTextAreaElement>('Kommentar').value).toBe('Ist bestellt.')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Speichern' }))
    expect(await within(drawer).findByText('Ist bestellt.', { selector: 'span' })).toBeTruthy()
  })

  it('that are open stay on the board however many are closed', async () => {
    const all = [...Array.from({ length: 520 }, (_, index) => ticketRow(index + 2, 'done')), ticketRow(1, 'open')]
    server.use(
      http.get('*/api/v1/admin/tickets', ({ request }) => {
        const params = new URL(request.url).searchParams
        const found = all.filter(({ state }) => !params.get('state') || state === params.get('state'))
        return ok({ tickets: found.slice(0, Number(params.get('limit'))), counts: { open: 1, done: 520 }, total: found.length })
      }),
    )
    show({ teil: 'tickets' })
    expect(await within(await screen.findByRole('region', { name: 'Offen' })).findByText('Ticket 1')).toBeTruthy()
    const done = screen.getByRole('region', { name: 'Erledigt' })
    await userEvent.click(await within(done).findByRole('button', { name: '470 ältere zeigen' }))
    expect(await within(done).findByText('und 20 ältere')).toBeTruthy()
  })

  it('move on the board with a comment, and show their questions', async () => {
    show({ teil: 'tickets' })
    await userEvent.click(await screen.findByRole('button', { name: /Unterlagen fehlen/ }))
    const drawer = await screen.findByRole('dialog', { name: /Ladesäule/ })
    expect(await within(drawer).findByText('Gibt es eine Förderung für Ladesäulen?')).toBeTruthy()
    expect(within(drawer).getByRole('list', { name: 'Fragen dazu (1 von 12)' }).tabIndex).toBe(0)
    expect(drawer.textContent).toContain('10 % der Fragen (zwischen 5 und 17 %)')
    const alarms = within(drawer).getByRole('region', { name: 'Alarme' })
    expect(alarms.textContent).toMatch(/WarnungOhne Antwort 21\.11\.2026, 09:00, dauert an$/)
    await userEvent.selectOptions(within(drawer).getByLabelText('Stand'), 'doing')
    await userEvent.type(within(drawer).getByLabelText('Kommentar'), 'Förderrichtlinie ist bestellt.')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Speichern' }))
    await waitFor(() => expect(within(drawer).getByText('Förderrichtlinie ist bestellt.', { selector: 'span' })).toBeTruthy())
    expect(screen.getByRole('region', { name: 'In Arbeit', hidden: true }).textContent).toContain('Unterlagen fehlen')
  })

  it('tell gain and effect in words', () => {
    const told = { before: { value: 0.4 }, after: { value: 0.1 }, verdict: 'better' }
    expect(effectText(told, { title: 'Ohne Antwort', kind: 'share', unit: '%', digits: 2 })).toBe('Ohne Antwort, besser geworden: von 40,0\u00a0% auf 10,0\u00a0%')
    expect(effectText(told, { title: 'Kosten', kind: 'count', unit: 'EUR', digits: 2 })).toBe('Kosten, besser geworden: von 0,40\u00a0EUR auf 0,10\u00a0EUR')
    expect(effectText(told, undefined)).toBe('besser geworden')
    expect(effectText({ before: { value: null }, after: { value: 0.1 }, verdict: 'few' }, undefined)).toBe('zu wenige Fälle')
    expect(ticketText({ text: 'Die größte Lücke hat 39 Fragen.\nErwartet: 39,0 % der Fragen (n = 100).\nGeprüft und verworfen:\n- Prompt', gain: {} })).toBe('Die größte Lücke hat 39 Fragen.\nGeprüft und verworfen:\n- Prompt')
    expect(ticketText({ text: 'Erwartet: mehr Licht.', gain: null })).toBe('Erwartet: mehr Licht.')
    expect(gainText({})).toBe('noch nicht zu beziffern')
    expect(gainText({ share: 0.4, low: 0.2, high: 0.6, of: 'Sätze' })).toContain('40 % der Sätze')
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
