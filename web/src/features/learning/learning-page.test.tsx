import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { mockErasures, resetLearning } from '../../../tools/mock/learning.mjs'
import { OPERATOR, renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import type { Capability, LearnedRow } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { LearningPage } from './learning-page'
import { readLearningSearch, type LearningSearch } from './search'
import { factName, factValue } from './log-words'
import { adapterLines, effectLines, receiptLines, takenBack } from './words'

beforeEach(() => resetLearning())

function Shown({ start }: { start: LearningSearch }) {
  const [search, setSearch] = useState(start)
  return <LearningPage search={search} onSearch={(next) => setSearch((old) => readLearningSearch({ ...old, ...next }))} />
}

const AUDITOR: Capability[] = ['use', 'company', 'examine', 'learned']

const show = (start: LearningSearch = {}, may: Capability[] = OPERATOR) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
  )

const learned = (more: Partial<LearnedRow>): LearnedRow => ({ entry_id: '1', release_id: '1', kind: 'topic', state: 'undone', what: '', evidence: 1, subjects: 1, few: false, cutoff: '', started_by: '', at: '2026-11-20T01:00:00Z', ended_by: 'admin', ended_at: '2026-11-21T09:00:00Z', ...more })

describe('what was learned', () => {
  it('says from how many people and with which effect, and goes back when asked to', async () => {
    show()
    const list = await screen.findByRole('list', { name: 'Lernprotokoll' })
    await userEvent.click(within(list).getByRole('button', { name: /^Thema Sperrung/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Thema Sperrung' })
    expect(await within(drawer).findByText(/\+13,5 Punkte \(61 → 74,5, n = 40\)/)).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await userEvent.click(await within(list).findByRole('button', { name: 'Zurücknehmen: Thema Sperrung' }))
    const question = await screen.findByRole('dialog', { name: 'Gelerntes zurücknehmen?' })
    expect(question.textContent).toContain('Thema Sperrung')
    await userEvent.click(within(question).getByRole('button', { name: 'Zurücknehmen' }))
    await waitFor(() => expect(within(list).getByText('zurückgenommen')).toBeTruthy())
    expect(within(list).queryByRole('button', { name: /Doch annehmen: Thema/ })).toBeNull()
  })

  it('is stopped, and a pair of words waits for a decision', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Anhalten' }))
    expect(await screen.findByText('angehalten')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /^Annehmen: Stecker-Solar/ }))
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Annehmen/ })).toBeNull())
  })

  it('lets a pair of words that was declined or taken back be approved all the same', async () => {
    show()
    const again = /^Doch annehmen: Stecker-Solar/
    await userEvent.click(await screen.findByRole('button', { name: /^Ablehnen: Stecker-Solar/ }))
    await userEvent.click(await screen.findByRole('button', { name: again }))
    await userEvent.click(await screen.findByRole('button', { name: /^Zurücknehmen: Stecker-Solar/ }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: 'Gelerntes zurücknehmen?' })).getByRole('button', { name: 'Zurücknehmen' }))
    await userEvent.click(await screen.findByRole('button', { name: again }))
    expect(await screen.findByRole('button', { name: /^Zurücknehmen: Stecker-Solar/ })).toBeTruthy()
  })

  it('leaves deciding to the operator', async () => {
    show({}, AUDITOR)
    await screen.findByRole('list', { name: 'Lernprotokoll' })
    expect(screen.queryByRole('button', { name: /nehmen: Stecker-Solar/ })).toBeNull()
  })

  it('tells who examines from whom and of which provisions, once it is asked for', async () => {
    show({}, AUDITOR)
    await userEvent.click(within(await screen.findByRole('list', { name: 'Lernprotokoll' })).getByRole('button', { name: /^Thema Sperrung/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Thema Sperrung' })
    expect(await within(drawer).findByText('StromGVV, § 19')).toBeTruthy()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Nachsehen' }))
    const people = await within(drawer).findByRole('list', { name: 'Von wem gelernt wurde' })
    expect(people.textContent).toBe('00000000-0000-7000-8000-000000000501 4 UrteileStromGVV, § 19')
    expect(within(drawer).getByText('Dazu 1 Urteil der Betriebsverwaltung.')).toBeTruthy()
  })

  it('reads only what was measured', () => {
    expect(effectLines({ groups: [{ name: 'a' }, 5, { name: 'b', n: 2, before: 1, after: 0, gain: -1 }] })).toEqual({ groups: [{ name: 'b', text: '-1 Punkte (1 → 0, n = 2)' }], topics: [] })
    expect(effectLines({ topics: [{ name: 'Spätere Fragen · 940c080285d6c0b7', n: 1, before: 43.1, after: 100, gain: 56.9 }] }).topics[0]?.name).toBe('Spätere Fragen, Thema 940c0802')
  })

  it('says which topic a release goes without', () => {
    const release = learned({ kind: 'release', state: 'live', at: '2026-11-21T09:00:00Z', ended_at: null, what: 'Ein Thema zurückgenommen' })
    const topics = [learned({ what: 'früher', ended_at: '2026-11-20T09:00:00Z' }), learned({ what: 'abgelöst', state: 'former' }), learned({ what: 'dieses' })]
    expect(takenBack([release, ...topics], release)?.what).toBe('dieses')
    expect(takenBack(topics, { ...release, at: '2026-11-21T09:00:01Z' })).toBeUndefined()
    expect(takenBack(topics, { ...release, kind: 'term' })).toBeUndefined()
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

const figures = (version: string, useful: number) => ({ version, answers: 240, judged: 80, useful, useful_low: useful - 0.1, useful_high: useful + 0.1, refused: 0.05, grounded: 0.97 })

describe('a promotion whose figures have changed meanwhile', () => {
  it('shows the new ones and why it was refused before it can be taken again', async () => {
    show({ teil: 'prompts' })
    await userEvent.click(await screen.findByRole('button', { name: /2 Entwurf/ }))
    await userEvent.click(await screen.findByRole('button', { name: 'Vergleichen und freigeben' }))
    const dialog = await screen.findByRole('dialog', { name: 'Für alle freigeben?' })
    const comparison = { version: '2', against: '1', since: '2026-11-19T10:00:00Z', rows: [figures('2', 0.5), figures('1', 0.7)], chance: 0.01, verdict: 'worse', note: 'Hilfreich in weniger Fällen.', seal: 'neu' }
    server.use(
      http.post('*/api/v1/admin/prompts/:version/promote', async ({ request }) =>
        ((await request.json()) as { seal: string }).seal === ''
          ? ok({ promoted: false, comparison })
          : HttpResponse.json({ status: 'error', message: 'Die Zahlen haben sich seit Ihrem Blick darauf geändert; sehen Sie sie bitte noch einmal an.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 }),
      ),
    )
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freigeben' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('noch einmal an')
    expect(within(dialog).getByText('messbar schlechter')).toBeTruthy()
  })
})

describe('a receipt', () => {
  it('counts what is gone apart from what stays on purpose, and says why', () => {
    const why = 'Wer etwas entschieden hat, bleibt nachweisbar.'
    const { gone, stays } = receiptLines({ rows: { turns: 12, reviews: 3 }, files: { deleted: 1, shared: 4 }, snapshots: { deleted: ['a', 'b'], left: [] }, index: { points: 386 }, remains: [{ what: 'audit_log', n: 3, why }, { what: 'reviews', n: 2, why }] })
    expect(gone.map(({ name, n }) => `${name} ${n}`)).toEqual(['Beiträge 12', 'Durchsichten 3', 'Dateien 1', 'Sicherungen 2'])
    expect(stays.map(({ name, n }) => `${name} ${n}`)).toEqual(['Protokolleinträge 3', 'Durchsichten 2'])
    expect(stays[0]?.why).toBe(why)
  })

  it('names each trained model that had learned from them, and the training that follows', () => {
    const adapters = [
      { run: 'sophia-2', left_at: '2026-11-26T09:00:00Z', removed_at: '2026-11-26T09:00:00Z', ticket: 12 },
      { run: 'sophia-1', left_at: null, removed_at: '2026-11-26T09:00:00Z', ticket: null },
      { run: 'sophia-3', left_at: null, removed_at: null, ticket: null },
    ]
    const [served, never, runs] = adapterLines({ adapters })
    expect(served).toMatch(/^Trainiertes Modell sophia-2: dient nicht mehr seit .*; Gewichte entfernt; neues Training: Ticket 12\.$/)
    expect(never).toBe('Trainiertes Modell sophia-1: diente nicht; Gewichte entfernt; kein Ersatz nötig.')
    expect(runs).toContain('lief noch und endet ohne Gewichte')
    expect(adapterLines({})).toEqual([])
  })
})

/** How many erasures are on the page that begins with this one. */
async function shownFrom(first: number): Promise<number> {
  const list = await screen.findByRole('list', { name: 'Löschverzeichnis' })
  await within(list).findByText(`00000000-0000-7000-8000-00000000${first}`)
  return within(list).getAllByRole('listitem').length
}

describe('proofs', () => {
  it('say that nobody of a name is in the log instead of showing everything, and lead back', async () => {
    const asked: (string | null)[] = []
    server.use(
      http.get('*/api/v1/admin/audit', ({ request }) => {
        const actor = new URL(request.url).searchParams.get('actor')
        asked.push(actor)
        return ok({ entries: actor ? [] : [{ seq: 1, ts: '2026-11-20T09:00:00Z', actor: 'admin', action: 'learning.undone', target: 'x', facts: {} }] })
      }),
    )
    show({ teil: 'protokoll' }, AUDITOR)
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Wer' }), 'Redaktion 04b')
    expect(await screen.findByText('Keine Einträge')).toBeTruthy()
    expect(asked).toContain('reviewer:04b')
    await userEvent.click(screen.getByRole('button', { name: 'Alle zeigen' }))
    expect(await screen.findByText('durch Verwaltung')).toBeTruthy()
    expect([factName('evidence'), factName('unbekannt')]).toEqual(['Belege', 'unbekannt'])
    expect([factValue(true), factValue('topic'), factValue(42), factValue({ a: 1 }), factValue('x')]).toEqual(['ja', 'Thema', '42', '{"a":1}', 'x'])
    expect(readLearningSearch({ wer: 'Jörg Müller' })).toEqual({ wer: 'Jörg Müller' })
  })

  it('leave a question for erasure as it is when a fresh look at the list fails', async () => {
    const { queries } = show({ teil: 'loeschungen' })
    await userEvent.click(await screen.findByRole('button', { name: 'Person löschen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Person löschen?' })
    await userEvent.type(within(dialog).getByLabelText('Person'), 'kunde-7')
    server.use(http.get('*/api/v1/admin/erasures', () => HttpResponse.json({ status: 'error', message: 'Die Datenbank antwortet nicht.', data: { code: 'unavailable' }, trace_id: 't' }, { status: 503 })))
    await queries.invalidateQueries({ queryKey: ['erasures'] })
    expect(await screen.findByText(/Gezeigt wird der Stand vom/)).toBeTruthy()
    expect(within(screen.getByRole('dialog', { name: 'Person löschen?' })).getByLabelText<HTMLInputElement>('Person').value).toBe('kunde-7')
  })

  it('say of each erasure how it stands, and run one again that failed', async () => {
    mockErasures([
      { state: 'failed', state_text: 'gescheitert', done_at: null, error: 'Der Datenträger ist voll.' },
      { state: 'cancelled', state_text: 'abgebrochen', done_at: null },
      { state: 'running', state_text: 'läuft', done_at: null },
      {},
    ])
    show({ teil: 'loeschungen' })
    const list = await screen.findByRole('list', { name: 'Löschverzeichnis' })
    const rows = within(list).getAllByRole('listitem')
    expect(rows.map((row) => row.textContent?.match(/gescheitert|abgebrochen|läuft|gelöscht/)?.[0])).toEqual(['gescheitert', 'abgebrochen', 'läuft', 'gelöscht'])
    expect(rows[0]?.textContent).toContain('Der Datenträger ist voll.')
    expect(within(list).getAllByRole('button', { name: /noch einmal versuchen/ })).toHaveLength(2)
    await userEvent.click(within(list).getAllByRole('button', { name: /noch einmal versuchen/ })[0] as HTMLElement)
    expect(await within(list).findByText('wartet')).toBeTruthy()
    expect(within(list).getAllByRole('button', { name: /noch einmal versuchen/ })).toHaveLength(1)
  })

  it('page through a long ledger of erasures', async () => {
    mockErasures(Array.from({ length: 120 }, () => ({})))
    show({ teil: 'loeschungen' }, AUDITOR)
    expect(await shownFrom(1600)).toBe(50)
    expect(screen.getByText('120 Löschungen')).toBeTruthy()
    for (const first of [1650, 1700]) {
      await userEvent.click(screen.getByRole('button', { name: 'Ältere Löschungen' }))
      expect(await shownFrom(first)).toBe(first === 1700 ? 20 : 50)
    }
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ältere Löschungen' }).disabled).toBe(true)
  })

  it('are an auditor\'s: the log with its chain, consents, erasures, what was learned, and nothing to change', async () => {
    show({ teil: 'protokoll' }, AUDITOR)
    await userEvent.click(await screen.findByRole('button', { name: 'Nachprüfen' }))
    expect(await screen.findByText('unverändert')).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Einwilligungen' }))
    expect(await screen.findByText('keine Einwilligung', { exact: false })).toBeTruthy()
    expect([screen.getByText('aufbewahren'), screen.getByText('messen: nein'), screen.getByText('lernen: nicht gefragt')]).toHaveLength(3)
    await userEvent.click(screen.getByRole('tab', { name: 'Löschungen' }))
    expect((await screen.findByRole('list', { name: 'Löschverzeichnis' })).textContent).toContain('Gelöscht: Beiträge\u00a012 · Antworten\u00a03')
    expect(screen.queryByRole('button', { name: 'Person löschen' })).toBeNull()
    await userEvent.click(screen.getByRole('tab', { name: 'Gelernt' }))
    await screen.findByRole('list', { name: 'Lernprotokoll' })
    expect(screen.queryByRole('button', { name: 'Jetzt lernen' })).toBeNull()
  })
})
