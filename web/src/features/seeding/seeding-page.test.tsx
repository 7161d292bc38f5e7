import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { OPERATOR, renderRouted } from '../../../tools/mock/routed'
import { mockFresh, resetSeeding } from '../../../tools/mock/seeding.mjs'
import { ok, server } from '../../../tools/mock/vitest'
import type { Capability } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { readSeedingSearch, type SeedingSearch } from './search'
import { SeedingPage } from './seeding-page'

beforeEach(() => resetSeeding())

const AUDITOR: Capability[] = ['use', 'company', 'examine', 'learned']

function Shown({ start }: { start: SeedingSearch }) {
  const [search, setSearch] = useState(start)
  return <SeedingPage search={search} onSearch={(next) => setSearch((old) => readSeedingSearch({ ...old, ...next }))} />
}

const show = (start: SeedingSearch = {}, may: Capability[] = OPERATOR) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
  )

const TICKETS: SeedingSearch = { pipeline: 'beispiel-tickets' }
const TITLE = 'Beispiel · Tickets des Kundenservice'

const removed = () => screen.findByRole('list', { name: 'Weggelassene Datensätze' })
const versions = () => screen.findByRole('list', { name: 'Fassungen' })

describe('the engines', () => {
  it('say who uses a dataset, what came of the last delivery, and why', async () => {
    show()
    const list = await screen.findByRole('list', { name: 'Engines' })
    const [first, second, third] = within(list).getAllByRole('listitem')
    expect(first?.textContent).toContain('geliefert')
    expect(first?.textContent).toContain('antwortete 167 von 168 Mal in sieben Tagen')
    expect(second?.textContent).toContain('zurückgenommen')
    expect(second?.textContent).toContain('bildet Profile')
    expect(third?.textContent).toContain('kein Datensatz')
    expect(third?.textContent).toContain('Rückruf steht aus seit')
    expect(second?.textContent).not.toContain('Rückruf')
    expect(await screen.findByText('2 von 3 mit Datensatz · 12 von 95 Spalten')).toBeTruthy()
    expect(second?.textContent).toContain('Dem Datensatz fehlt: tone')
  })

  it('go one step back after a question, and are delivered to again', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Liefern: Abwanderung' }))
    expect(await screen.findByText('Lieferung verlangt')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Zurücknehmen: Selbstlernende Suche' }))
    const dialog = await screen.findByRole('dialog', { name: 'Engine einen Schritt zurück?' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Zurücknehmen' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Zurücknehmen: Selbstlernende Suche' })).toBeNull())
  })

  it('show a model beside its baseline, with what it said and what then was', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Modell ansehen: Abwanderung' }))
    const dialog = await screen.findByRole('dialog', { name: 'Modell: Abwanderung' })
    expect(await within(dialog).findByText('nachweislich besser')).toBeTruthy()
    expect(within(within(dialog).getByRole('region', { name: 'Vorhergesagt und eingetreten' })).getAllByRole('row')).toHaveLength(4)
    expect(dialog.textContent).toContain('„months_left“ zählt')
    expect(dialog.textContent).not.toContain('weniger als fünf Personen')
  })

  it('can only be looked at by who may not act', async () => {
    show({}, AUDITOR)
    const list = await screen.findByRole('list', { name: 'Engines' })
    expect(within(list).queryAllByRole('button').map(({ textContent }) => textContent?.trim())).toEqual(['Modell'])
  })
})

describe('the pipelines', () => {
  it('say what they make of which source, and how it stands', async () => {
    show()
    const card = await screen.findByRole('article', { name: TITLE })
    expect(card.textContent).toContain('2.000 von 2.060 Datensätzen behalten')
    expect(card.textContent).toContain('bbbb2222bbbb')
    const other = screen.getByRole('article', { name: 'Verträge aus dem Bestand' })
    expect(other.textContent).toContain('noch keiner')
    expect(other.textContent).toContain('alle 24 h')
  })

  it('run for a reason, once at a time', async () => {
    const asked: unknown[] = []
    server.events.on('request:start', ({ request }) => {
      if (request.method === 'POST') void request.clone().json().then((body) => asked.push(body))
    })
    show()
    await userEvent.click(await screen.findByRole('button', { name: `Laufen lassen: ${TITLE}` }))
    const dialog = await screen.findByRole('dialog', { name: 'Pipeline laufen lassen' })
    await userEvent.type(within(dialog).getByLabelText('Anlass'), 'Neues Quartal{Enter}')
    const card = screen.getByRole('article', { name: TITLE })
    expect(await within(card).findByRole('progressbar')).toBeTruthy()
    expect(within(card).getByRole<HTMLButtonElement>('button', { name: /Laufen lassen/ }).disabled).toBe(true)
    expect(asked).toEqual([{ reason: 'Neues Quartal' }])
    server.events.removeAllListeners()
  })

  it('show ten records of their source', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: `Vorschau: ${TITLE}` }))
    const table = await screen.findByRole('region', { name: 'Datensätze der Quelle' })
    expect(within(table).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['T-1', 'Der Zähler steht.', 'T-2', '–'])
    expect(screen.getByText(/Nachricht → text/)).toBeTruthy()
  })

  it('begin with the example by one click', async () => {
    mockFresh()
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Beispieldaten ausprobieren' }))
    expect(await screen.findByRole('heading', { level: 1, name: TITLE })).toBeTruthy()
    expect(await screen.findByRole('progressbar')).toBeTruthy()
  })

  it('stand beside files that are none, with what is wrong in each', async () => {
    const { data } = (await (await fetch(new URL('/api/v1/seeding/pipelines', location.href))).json()) as { data: { pipelines: unknown[] } }
    const faults = [{ file: 'gross.yaml', reason: 'gross.yaml: every_hours ist zu groß.' }]
    server.use(http.get('*/api/v1/seeding/pipelines', () => HttpResponse.json({ status: 'success', message: '', data: { ...data, faults }, trace_id: 't' })))
    show()
    expect((await screen.findByRole('region', { name: 'Fehlerhafte Dateien' })).textContent).toContain('every_hours ist zu groß.')
    expect(screen.getByRole('article', { name: TITLE })).toBeTruthy()
  })

  it('say why they cannot be shown', async () => {
    server.use(http.get('*/api/v1/seeding/pipelines', () => HttpResponse.json({ status: 'error', message: 'gross.yaml: every_hours ist zu groß.', data: { code: 'validation' }, trace_id: 't' }, { status: 422 })))
    show()
    expect(await screen.findByText('gross.yaml: every_hours ist zu groß.')).toBeTruthy()
  })
})

describe('a person', () => {
  it('is found by what their source calls them, and a value of theirs corrected', async () => {
    show()
    const name = await screen.findByLabelText('Wie ihre Quelle sie nennt')
    await userEvent.type(name, 'niemand{Enter}')
    expect(await screen.findByText('Von dieser Person gibt es in den Datensätzen nichts.')).toBeTruthy()
    await userEvent.clear(name)
    await userEvent.type(name, '100013{Enter}')
    expect(await screen.findByText('beispiel-tickets, Fassung bbbb2222bbbb')).toBeTruthy()
    expect(screen.getByText('Weggelassen (Gleiche)')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Angabe berichtigen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Angabe berichtigen' })
    await userEvent.selectOptions(within(dialog).getByLabelText('Spalte'), 'ort')
    await userEvent.type(within(dialog).getByLabelText('Richtiger Wert'), 'Neustadt{Enter}')
    expect((await screen.findAllByText('Neustadt')).length).toBe(2)
  })

  it('is nobody to look for by who may only look at what was learned', async () => {
    show({}, ['learned'])
    await screen.findByRole('article', { name: TITLE })
    expect(screen.queryByLabelText('Wie ihre Quelle sie nennt')).toBeNull()
  })
})

describe('a run', () => {
  it('says which group stands out, what could be done, and what moved', async () => {
    show(TICKETS)
    const groups = await screen.findByRole('region', { name: 'Gruppen' })
    expect(groups.textContent).toContain('„Süd“ fällt auf')
    expect(groups.textContent).toContain('Dafür fielen 412 Datensätze weg.')
    expect(screen.getByRole('list', { name: 'Verschobene Spalten' }).textContent).toBe('betrag_eur liegt höher als vorher')
  })

  it('is a way with counts that leads to what each step left out', async () => {
    show(TICKETS)
    const way = await screen.findByRole('list', { name: 'Weg der Datensätze' })
    expect(within(way).getAllByRole('listitem').map((stage) => stage.textContent?.trim())).toEqual([
      'QuelleBeispieldaten2.060hereingekommen',
      'SchrittVereinheitlichen2.060nichts weggelassen',
      'SchrittGleiche2.03426 weggelassen',
      'SchrittFast Gleiche2.02014 weggelassen',
      'PrüfungRegeln2.00020 weggelassen',
      'ErgebnisFassung2.000behalten',
    ])
    await userEvent.click(within(way).getByRole('button', { name: '14 weggelassen: Fast Gleiche' }))
    const list = await screen.findByRole('list', { name: 'Weggelassene Datensätze' })
    expect(within(list).getAllByRole('listitem').map((row) => row.getAttribute('aria-label'))).toEqual(['T-1-noch-eine'])
  })

  it('says what stopped it', async () => {
    show(TICKETS)
    await userEvent.selectOptions(await screen.findByLabelText('Lauf'), screen.getByRole('option', { name: /angehalten/ }))
    expect((await screen.findByRole('note')).textContent).toContain('nähme 70 % der Quelle heraus')
    expect(screen.getByText('keine Fassung')).toBeTruthy()
    expect(screen.queryByRole('slider')).toBeNull()
  })

  it('tells by its handle what another threshold would mean', async () => {
    show(TICKETS)
    const handle = await screen.findByRole('slider', { name: 'Schwelle für Güte: 50' })
    fireEvent.change(handle, { target: { value: '85' } })
    expect(screen.getByText('85 statt 50: 28 Datensätze weniger, davon 28 Tickets.')).toBeTruthy()
    fireEvent.change(handle, { target: { value: '87' } })
    expect(handle.getAttribute('aria-valuetext')).toMatch(/^87 statt 50: etwa \d+ Datensätze weniger\.$/)
    await userEvent.click(screen.getByRole('button', { name: 'Zurück auf 50' }))
    expect(handle.getAttribute('aria-valuetext')).toBe('50 gilt: 2.014 von 2.020 Datensätzen erreichen das.')
    await userEvent.click(screen.getByRole('radio', { name: 'Sicherheit' }))
    expect(screen.getByRole('slider', { name: 'Schwelle für Sicherheit: 70' })).toBeTruthy()
  })
})

describe('what was left out', () => {
  it('comes back one by one, and the content is folded', async () => {
    show({ ...TICKETS, teil: 'weggelassen' })
    const row = within(await removed()).getByRole('listitem', { name: 'T-9' })
    expect(within(row).getByText('Inhalt').closest('details')?.open).toBe(false)
    await userEvent.click(within(row).getByRole('button', { name: 'Zurücknehmen: T-9' }))
    expect(await within(await removed()).findByText('Kommt mit dem nächsten Lauf wieder.')).toBeTruthy()
    expect(within(row).queryByRole('button', { name: /Zurücknehmen/ })).toBeNull()
  })

  it('comes back as a group', async () => {
    show({ ...TICKETS, teil: 'weggelassen' })
    await userEvent.click(within(await removed()).getAllByRole('button', { name: 'Alle zu T-1 zurücknehmen' })[0] as HTMLElement)
    await waitFor(async () => expect(within(await removed()).getAllByText('zurückgenommen')).toHaveLength(2))
    expect(await screen.findByText('2 Datensätze zurückgenommen')).toBeTruthy()
  })

  it('comes back altogether once that is confirmed, but for who objected', async () => {
    show({ ...TICKETS, teil: 'weggelassen' })
    await removed()
    await userEvent.click(screen.getByRole('button', { name: 'Ganzen Lauf zurücknehmen' }))
    const question = await screen.findByRole('dialog', { name: 'Alles dieses Laufs zurücknehmen?' })
    await userEvent.click(within(question).getByRole('button', { name: 'Alles zurücknehmen' }))
    await waitFor(async () => expect(within(await removed()).getAllByText('zurückgenommen')).toHaveLength(24))
    const objected = within(await removed()).getByRole('listitem', { name: 'T-10' })
    expect(within(objected).queryByRole('button')).toBeNull()
    expect(within(objected).queryByText('Inhalt')).toBeNull()
  })

  it('is paged', async () => {
    show({ ...TICKETS, teil: 'weggelassen' })
    expect(within(await removed()).getAllByRole('listitem')).toHaveLength(25)
    await userEvent.click(screen.getByRole('button', { name: 'Nächste Seite' }))
    await waitFor(async () => expect(within(await removed()).getAllByRole('listitem')).toHaveLength(9))
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Nächste Seite' }).disabled).toBe(true)
  })
})

describe('versions', () => {
  it('say how they stand, and another one is taken into use', async () => {
    show({ ...TICKETS, teil: 'fassungen' })
    const list = await versions()
    expect(within(list).getAllByRole('listitem').map((row) => row.textContent?.match(/in Gebrauch|abgelöst/)?.[0])).toEqual(['in Gebrauch', 'abgelöst'])
    expect(list.textContent).toContain('1.990 Datensätze · Training 1.690, Validierung 300')
    expect(list.textContent).toContain('2 Datensätze auf Wunsch gelöscht')
    await userEvent.click(within(list).getByRole('button', { name: 'In Gebrauch nehmen: aaaa1111aaaa' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'In Gebrauch nehmen' }))
    await waitFor(() => expect(within(list).getByRole('button', { name: 'In Gebrauch nehmen: bbbb2222bbbb' })).toBeTruthy())
  })

  it('go one step back once that is confirmed', async () => {
    show({ ...TICKETS, teil: 'fassungen' })
    await userEvent.click(await screen.findByRole('button', { name: 'Einen Schritt zurück' }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: 'Einen Schritt zurück?' })).getByRole('button', { name: 'Zurückgehen' }))
    expect(await screen.findByText('In Gebrauch ist wieder aaaa1111aaaa.')).toBeTruthy()
  })

  it('stay as they are where the policy was not met, and the question says why', async () => {
    server.use(http.post('*/api/v1/seeding/datasets/:name/live', () => HttpResponse.json({ status: 'error', message: 'Diese Fassung hat die Regeln nicht erfüllt.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 })))
    show({ ...TICKETS, teil: 'fassungen' })
    await userEvent.click(await screen.findByRole('button', { name: 'In Gebrauch nehmen: aaaa1111aaaa' }))
    const question = await screen.findByRole('dialog')
    await userEvent.click(within(question).getByRole('button', { name: 'In Gebrauch nehmen' }))
    expect((await within(question).findByRole('alert')).textContent).toContain('nicht erfüllt')
  })

  it('are compared by two, the older first', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/v1/seeding/datasets/:name/diff', ({ request }) => {
        const query = new URL(request.url).searchParams
        asked.push(`${query.get('before')?.slice(0, 4)} ${query.get('after')?.slice(0, 4)}`)
        return ok({ counts: { added: 1, removed: 0, changed: 1, values: 1 }, added: [{ thema: 'Tarif', id: 'T-3' }], removed: [], changed: [{ key: 'T-1', column: 'text', before: 'alt', after: 'neu' }] })
      }),
    )
    show({ ...TICKETS, teil: 'fassungen' })
    const list = await versions()
    const compare = screen.getByRole<HTMLButtonElement>('button', { name: 'Vergleichen' })
    expect(compare.disabled).toBe(true)
    for (const box of within(list).getAllByRole('checkbox')) fireEvent.click(box)
    await userEvent.click(compare)
    const changed = await screen.findByRole('region', { name: 'Geändert: Datensätze' })
    expect(within(changed).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['T-1', 'text', 'alt', 'neu'])
    expect(within(screen.getByRole('region', { name: 'Neu: Datensätze' })).getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['id', 'thema'])
    expect(screen.queryByRole('region', { name: 'Fort: Datensätze' })).toBeNull()
    expect(asked).toEqual(['aaaa bbbb'])
  })
})

describe('the origin of a record', () => {
  it('is found by its id, and leads on to every version', async () => {
    show({ ...TICKETS, teil: 'herkunft' })
    await screen.findByRole('option', { name: /bbbb2222bbbb/ })
    await userEvent.type(screen.getByLabelText('Kennung des Datensatzes'), 'T-1{Enter}')
    const origin = await screen.findByRole('list', { name: 'Herkunft' })
    expect(origin.textContent).toContain('beispiel/tickets')
    expect(origin.textContent).toContain('eigene Daten')
    await userEvent.click(within(origin).getByRole('button', { name: 'Wohin ging er noch: T-1' }))
    expect((await screen.findByRole('list', { name: 'Verwendungen' })).textContent).toContain('bbbb2222bbbb')
    expect(screen.getByLabelText<HTMLInputElement>('Schlüssel in der Quelle').value).toBe('T-1')
  })

  it('is said to be unknown where the version has no such record', async () => {
    show({ ...TICKETS, teil: 'herkunft', satz: 'X-1' })
    expect(await screen.findByText('Diese Fassung hat keinen solchen Datensatz.')).toBeTruthy()
  })
})

it('leaves acting and the records themselves to who works with data', async () => {
  const refused: string[] = []
  const forbidden = ({ request }: { request: Request }) => {
    refused.push(request.url)
    return HttpResponse.json({ status: 'error', message: 'Nein.', data: { code: 'forbidden' }, trace_id: 't' }, { status: 403 })
  }
  server.use(...['runs/:id/removals', 'pipelines/:name/preview', 'datasets/:name/diff'].map((part) => http.get(`*/api/v1/seeding/${part}`, forbidden)), http.get('*/api/v1/jobs/:id', forbidden))
  show({ ...TICKETS, teil: 'weggelassen' }, AUDITOR)
  const way = await screen.findByRole('list', { name: 'Weg der Datensätze' })
  expect(within(way).getByText('26 weggelassen')).toBeTruthy()
  expect(within(way).queryByRole('button')).toBeNull()
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Ablauf', 'Fassungen', 'Herkunft'])
  await userEvent.click(screen.getByRole('tab', { name: 'Fassungen' }))
  const list = await screen.findByRole('list', { name: 'Fassungen' })
  expect(within(list).queryByRole('checkbox')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Alle Pipelines' }))
  await screen.findByRole('article', { name: TITLE })
  expect(screen.queryByRole('button', { name: /Laufen lassen|Vorschau|In Gebrauch nehmen|zurück/ })).toBeNull()
  expect(refused).toEqual([])
})
