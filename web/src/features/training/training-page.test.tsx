import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { OPERATOR, renderRouted } from '../../../tools/mock/routed'
import { mockHeld, mockUntrained, resetTraining } from '../../../tools/mock/training.mjs'
import { ok, server } from '../../../tools/mock/vitest'
import type { Capability } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { readTrainingSearch, type TrainingSearch } from './search'
import { verdictOf } from './told'
import { TrainingPage } from './training-page'

beforeEach(() => resetTraining())

const ENGINEER: Capability[] = ['use', 'company', 'serve', 'measure', 'data', 'operate', 'learned', 'promote']
const AUDITOR: Capability[] = ['use', 'company', 'examine', 'learned']
const REVIEWER: Capability[] = ['use', 'company', 'serve', 'review']
const LIVE = 'sophia-finetune-2026-11-25'
const DONE = 'sophia-finetune-2026-11-24'

function Shown({ start }: { start: TrainingSearch }) {
  const [search, setSearch] = useState(start)
  return <TrainingPage search={search} onSearch={(next) => setSearch((old) => readTrainingSearch({ ...old, ...next }))} />
}

const show = (start: TrainingSearch = {}, may: Capability[] = OPERATOR) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
  )

/** Addresses and bodies of what is sent from here on. */
function sent(): [string, unknown][] {
  const found: [string, unknown][] = []
  server.events.removeAllListeners()
  server.events.on('request:start', ({ request }) => {
    if (request.method !== 'POST') return
    void request.clone().text().then((body) => found.push([new URL(request.url).pathname.replace('/api/v1/training/', ''), body ? JSON.parse(body) : null]))
  })
  return found
}

const choices = () => screen.findByRole('group', { name: 'Welche Antwort ist besser?' })
const broken = () => HttpResponse.json({ status: 'error', message: 'Die Datenbank antwortet nicht.', data: { code: 'unavailable' }, trace_id: 't-1' }, { status: 500 })

describe('the runs', () => {
  it('say how each stands, what the gates say, and why one failed', async () => {
    show()
    const list = await screen.findByRole('list', { name: 'Läufe' })
    const [live, done, failed] = within(list).getAllByRole('listitem')
    expect(live?.textContent).toContain('läuft')
    expect(within(live as HTMLElement).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('43')
    expect(await within(done as HTMLElement).findByText('ein Tor hält')).toBeTruthy()
    expect(failed?.textContent).toContain('Der Lauf braucht etwa 9,2 Stunden; das Budget sind 1.')
  })

  it('name open tickets that ask for training, with the reason', async () => {
    show({}, ENGINEER)
    const list = await screen.findByRole('list', { name: 'Anlässe' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(1)
    expect(list.textContent).toContain('412 durchgesehene Antworten liegen vor.')
    expect(within(list).getByRole('link').getAttribute('href')).toContain('/admin/kpis?teil=tickets&ticket=')
  })

  it('are empty with the next step, and say when they cannot be loaded', async () => {
    mockUntrained()
    show()
    expect(await screen.findByText('Noch kein Lauf')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Neuer Lauf' }))
    expect(await screen.findByText('Noch kein Datensatz, aus dem gelernt werden darf')).toBeTruthy()
  })

  it('say when they cannot be loaded', async () => {
    server.use(http.get('*/api/v1/training/runs', broken))
    show({}, AUDITOR)
    expect(await screen.findByText('Die Datenbank antwortet nicht.')).toBeTruthy()
    expect(screen.queryByText('Anlässe')).toBeNull()
  })
})

describe('the dataset', () => {
  it('is shown with every check, what held it first, and where its rows come from', async () => {
    mockHeld()
    show({ teil: 'datensatz' })
    const checks = within(await screen.findByRole('list', { name: 'Prüfungen' })).getAllByRole('listitem')
    expect(checks[0]?.textContent).toContain('hält')
    expect(checks[0]?.textContent).toContain('Personenbezug 3 Datensätze enthalten womöglich personenbezogene Angaben')
    expect(screen.getByText('nicht freigegeben')).toBeTruthy()
    expect(screen.queryByRole('link', { name: /Als Datei/ })).toBeNull()
    const sources = await screen.findByRole('list', { name: 'Quellen' })
    expect(sources.textContent).toContain('Bleibt draußen: 1.930 keine Einwilligung, 88 angezweifelt, 4 Notfall')
    expect(sources.textContent).toContain('wird nicht genommen')
    expect(await screen.findByText(/Gesetze und Verordnungen \(1.500\)/)).toBeTruthy()
  })

  it('is made by a button, with its progress, and stands there afterwards', async () => {
    show({ teil: 'datensatz' })
    await userEvent.click(await screen.findByRole('button', { name: 'Datensatz machen' }))
    expect(await screen.findByRole('progressbar', { name: 'Fortschritt: Datensatz machen' })).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Datensatz machen' }).disabled).toBe(true)
    expect(await screen.findByText('9999aaaa9999')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
  })

  it.each([
    ['is being made by somebody else', { job_id: '00000000-0000-7000-8000-000000000001', last: null }, 'Wartet auf einen freien Platz'],
    ['was stopped', { job_id: null, last: { state: 'stopped', stopped: 'Ein Schritt nähme 70 % heraus.' } }, 'Der letzte Versuch wurde angehalten: Ein Schritt nähme 70 % heraus.'],
  ])('says that it %s', async (_, more, says) => {
    server.use(
      http.get('*/api/v1/seeding/pipelines', () => ok({ pipelines: [{ name: 'nova-training', ...more }], faults: [] })),
      http.get('*/api/v1/jobs/:id', () => ok({ job_id: 'x', state: 'queued', stage: '', progress: 0, total: 0, result: {} })),
    )
    show({ teil: 'datensatz' })
    expect(await screen.findByText(says)).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Datensatz machen' }).disabled).toBe(more.job_id !== null)
  })

  it('says why it could not be made', async () => {
    server.use(http.post('*/api/v1/training/datasets', () => HttpResponse.json({ status: 'error', message: 'corpora.yaml ist nicht lesbar.', data: { code: 'invalid_input' }, trace_id: 't' }, { status: 422 })))
    show({ teil: 'datensatz' })
    await userEvent.click(await screen.findByRole('button', { name: 'Datensatz machen' }))
    expect(await screen.findByText('corpora.yaml ist nicht lesbar.')).toBeTruthy()
  })

  it('can only be looked at by who may not act', async () => {
    show({ teil: 'datensatz' }, AUDITOR)
    expect(await screen.findByRole('list', { name: 'Prüfungen' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Datensatz machen' })).toBeNull()
    expect(screen.queryByRole('link', { name: /Als Datei/ })).toBeNull()
  })
})

describe('a new run', () => {
  it('is measured beside its budget, and begins after a question that says what it takes', async () => {
    const posts = sent()
    show({ teil: 'neu' })
    await userEvent.click(await screen.findByRole('button', { name: 'Messen' }))
    const needs = await screen.findByLabelText('Bedarf und Budget')
    expect(screen.getByText(/^1.802 von 1.840 Datensätzen gehen ein/)).toBeTruthy()
    expect(needs.textContent).toContain('21 min von 1 h im Budget')
    await userEvent.click(screen.getByRole('button', { name: 'Lauf beginnen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Lauf beginnen?' })
    expect(dialog.textContent).toContain('Strom: 0,021 kWh')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Beginnen' }))
    expect(await screen.findByRole('heading', { level: 1, name: `${LIVE}-2` })).toBeTruthy()
    const wanted = { config: '', profile: 'cpu', version: 'cccc3333cccc'.padEnd(64, '0') }
    expect(posts).toEqual([['preflight', wanted], ['runs', wanted]])
  })

  it('does not begin where it is too much, and a measurement of something else does not count', async () => {
    server.use(http.get('*/api/v1/jobs/:id', () => ok({ job_id: 'x', state: 'done', result: { version: 'cccc3333cccc'.padEnd(64, '0'), hours: 9, memory_mib: 1, kwh: 1, eur: 1, steps: 9, rows: 9, seconds_per_step: 1, budget: { hours: 1, memory_mib: 6000, kwh: 2, eur: 2 }, reasons: ['Der Lauf braucht etwa 9 Stunden; das Budget sind 1.'], passed: false } })))
    show({ teil: 'neu' })
    await userEvent.click(await screen.findByRole('button', { name: 'Messen' }))
    expect(await screen.findByText('zu viel')).toBeTruthy()
    expect(screen.queryByText(/Datensätzen gehen ein/)).toBeNull()
    expect(screen.getByText('Der Lauf braucht etwa 9 Stunden; das Budget sind 1.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Lauf beginnen' }).disabled).toBe(true)
    await userEvent.click(screen.getByRole('radio', { name: 'Grafikkarte' }))
    expect(await screen.findByText(/Gemessen wurde mit anderen Angaben/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Lauf beginnen' }))
    expect((await screen.findByRole('dialog')).textContent).toContain('ist nicht gemessen')
  })

  it('says what is wrong with own settings', async () => {
    show({ teil: 'neu' })
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Eigene Einstellungen' }))
    await userEvent.type(screen.getByLabelText('Text der lora.yaml'), 'unfug: 1')
    await userEvent.click(screen.getByRole('button', { name: 'Lauf beginnen' }))
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Beginnen' }))
    expect(await within(dialog).findByText('lora.yaml: „unfug“ ist keine Angabe.')).toBeTruthy()
  })

  it('is not begun by who only looks', async () => {
    show({ teil: 'neu' }, AUDITOR)
    expect(await screen.findByText('Einen Lauf beginnt, wer Daten betreut')).toBeTruthy()
  })
})

describe('a run at work', () => {
  it('shows its curve as a picture and as a table, and how long it still takes', async () => {
    show({ lauf: LIVE })
    const picture = await screen.findByRole('img', { name: /^Abweichung bis Schritt 300: beim Lernen von .* auf .*, an zurückgehaltenen Datensätzen von / })
    expect(picture.querySelectorAll('path')).toHaveLength(3)
    expect(screen.getByText('Noch etwa 12 min.')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'Abweichung je Schritt' })).getAllByRole('row')).toHaveLength(31)
  })

  it.each([
    ['Anhalten', 'Lauf anhalten?', 'Anhalten', 'Hält nach dem laufenden Schritt an.', 'pause'],
    ['Abbrechen', 'Lauf abbrechen?', 'Lauf abbrechen', 'Bricht nach dem laufenden Schritt ab.', 'cancel'],
  ])('%s is asked for first, and said until it is done', async (button, title, action, says, address) => {
    const posts = sent()
    show({ lauf: LIVE })
    await userEvent.click(await screen.findByRole('button', { name: button }))
    const dialog = await screen.findByRole('dialog', { name: title })
    expect(posts).toEqual([])
    await userEvent.click(within(dialog).getByRole('button', { name: action }))
    expect(await screen.findByText(says)).toBeTruthy()
    expect(posts).toEqual([[`runs/${LIVE}/${address}`, null]])
  })

  it('goes on after a pause', async () => {
    show({ lauf: LIVE })
    await userEvent.click(await screen.findByRole('button', { name: 'Anhalten' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Anhalten' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Fortsetzen' }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: 'Lauf fortsetzen?' })).getByRole('button', { name: 'Fortsetzen' }))
    expect(await screen.findByText('wartet')).toBeTruthy()
  })

  it('has no buttons for who only looks, and says when there is no such run', async () => {
    show({ lauf: LIVE }, AUDITOR)
    expect(await screen.findByRole('img')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Anhalten' })).toBeNull()
  })

  it('says when there is no such run', async () => {
    show({ lauf: 'gibt-es-nicht' })
    expect(await screen.findByText('Diesen Lauf gibt es nicht')).toBeTruthy()
  })
})

describe('what a run is worth', () => {
  it('begins with what got worse, and has the base beside it and a reason at every gate', async () => {
    show({ lauf: DONE, sicht: 'urteil' })
    expect(await screen.findByText('Ein Tor hält das Modell. Es dient nicht.')).toBeTruthy()
    const rows = within(screen.getByRole('region', { name: 'Tabelle: Was schlechter wurde' })).getAllByRole('row')
    expect(rows[1]?.textContent).toMatch(/Kündigung schlechter.*-29 \(-44 bis -13\)52 %81 %/)
    const beside = within(screen.getByRole('region', { name: 'Tabelle: Modell neben Basis' })).getAllByRole('row')
    expect(beside.find((row) => row.textContent?.startsWith('Fakten richtig'))?.textContent).toContain('83 %58 %')
    expect(beside.filter((row) => row.textContent?.includes('schlechter'))).toHaveLength(2)
    expect(within(screen.getByRole('list', { name: 'Schlechtere Werte' })).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Lehnt Beantwortbares ab: 4 % (Basis 2 %)', 'Antwortzeit: 410 ms (Basis 390 ms)'])
    const gates = within(screen.getByRole('list', { name: 'Tore' })).getAllByRole('listitem')
    expect(gates[0]?.textContent).toMatch(/^hältThemen Schlechter als die Basis auf einem Thema/)
    expect(gates[1]?.textContent).toMatch(/^ok/)
  })

  it('has what is cheaper beside it, and why something of it was not tried', async () => {
    show({ lauf: DONE, sicht: 'urteil' })
    const rows = within(await screen.findByRole('region', { name: 'Tabelle: Statt zu lernen' })).getAllByRole('row')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'AbhilfeFakten richtigModell gewinnt',
      'Besserer Prompt66 %62 % (57 % bis 67 %)',
      'Beispiele vor der Frage70 %61 % (56 % bis 66 %)',
      'Unterlagen bei der FrageNicht versucht: jede Frage hat ihre Fundstellen schon bei sich.',
    ])
  })

  it('says of evaluations from before that nothing cheaper was tried', () => {
    expect(verdictOf({ gates: [] }).cures.map(({ name, why }) => `${name}: ${why}`)).toEqual(['prompt: noch nicht versucht', 'examples: noch nicht versucht', 'document: noch nicht versucht'])
  })

  it('is judged again with the manifest of the data', async () => {
    const posts = sent()
    show({ lauf: DONE, sicht: 'urteil' })
    await userEvent.click(await screen.findByRole('button', { name: 'Neu beurteilen' }))
    expect(await screen.findByText('Kein Tor hält das Modell.')).toBeTruthy()
    expect(posts[0]?.[1]).toMatchObject({ manifest: { digest: 'e'.repeat(64) } })
  })

  it('is not known before the run has ended', async () => {
    show({ lauf: LIVE, sicht: 'urteil' })
    expect(await screen.findByText('Noch nicht beurteilt')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /beurteilen/ })).toBeNull()
  })

  it('comes as a card, or with the reason why there is none', async () => {
    const saved: string[] = []
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download) // a browser would stay on the page
    })
    show({ lauf: DONE })
    await userEvent.click(await screen.findByRole('button', { name: 'Modellkarte' }))
    await waitFor(() => expect(saved).toEqual([`${DONE}.md`]))
    server.use(http.post('*/api/v1/training/runs/:run/card', () => ok({ run: DONE, run_id: 'x', passed: false, refused: ['Die Lizenz der Basis erlaubt es nicht.'], place: '', text: '' })))
    await userEvent.click(screen.getByRole('button', { name: 'Modellkarte' }))
    expect(await screen.findByText('Keine Modellkarte: Die Lizenz der Basis erlaubt es nicht.')).toBeTruthy()
    expect(saved).toHaveLength(1)
    click.mockRestore()
  })
})

describe('the blind review', () => {
  it('goes through all pairs by keys and buttons, and tells which side won only at the end', async () => {
    const posts = sent()
    show({ lauf: DONE, sicht: 'durchsicht' })
    expect(await screen.findByText('Paar 1 von 3')).toBeTruthy()
    expect(screen.getByRole('article', { name: 'Antwort links' }).textContent).toContain('6 Wochen')
    expect(document.body.textContent).not.toMatch(/Modell \d|Basis \d/)
    await userEvent.keyboard('l')
    expect(await screen.findByText('Paar 2 von 3')).toBeTruthy()
    await userEvent.click(within(await choices()).getByRole('button', { name: 'Gleich gut' }))
    expect(await screen.findByText('Paar 3 von 3')).toBeTruthy()
    expect(document.activeElement?.textContent).toBe('Mit welcher Frist kann ich den Tarif Lindau 3 kündigen?')
    expect(screen.getByText('Das ist das letzte Paar. Danach stehen Ihre Stimmen fest.')).toBeTruthy()
    expect(screen.getByText(/Welche Seite vorn liegt, steht hier erst/)).toBeTruthy()
    await userEvent.keyboard('r')
    expect(await screen.findByText('Sie haben alle 3 Paare beurteilt')).toBeTruthy()
    expect(await screen.findByText(/Modell 2, Basis 1, gleich 0/)).toBeTruthy()
    expect(posts.map(([, body]) => (body as { choice: string }).choice)).toEqual(['left', 'tie', 'right'])
  })

  it('lets the pair before be judged anew, and sends a note with a vote', async () => {
    const posts = sent()
    show({ lauf: DONE }, REVIEWER)
    await screen.findByText('Paar 1 von 3')
    await userEvent.type(screen.getByLabelText('Anmerkung'), 'glatt richtig')
    await userEvent.click(within(await choices()).getByRole('button', { name: 'Links ist besser' }))
    await screen.findByText('Paar 2 von 3')
    await userEvent.click(screen.getByRole('button', { name: 'Voriges Paar ändern' }))
    expect(await screen.findByText('Das vorige Paar noch einmal')).toBeTruthy()
    await userEvent.keyboard('g')
    expect(await screen.findByText('Paar 2 von 3')).toBeTruthy()
    expect(posts.map(([, body]) => body)).toEqual([
      { row_id: 't-1', mark: '1'.padStart(32, '0'), choice: 'left', note: 'glatt richtig' },
      { row_id: 't-1', mark: '1'.padStart(32, '0'), choice: 'tie', note: '' },
    ])
  })

  it('is opened by the name of a run for who only judges, and asks for nothing else', async () => {
    const asked: string[] = []
    server.events.removeAllListeners()
    server.events.on('request:start', ({ request }) => void asked.push(new URL(request.url).pathname))
    show({}, REVIEWER)
    const name = await screen.findByLabelText('Name des Laufs')
    await userEvent.type(name, 'Falscher Name')
    expect(screen.getByText('Nur kleine Buchstaben, Ziffern, Punkt und Striche.')).toBeTruthy()
    await userEvent.clear(name)
    await userEvent.type(name, `${DONE}{Enter}`)
    expect(await screen.findByText('Paar 1 von 3')).toBeTruthy()
    expect(asked).toEqual([`/api/v1/training/runs/${DONE}/review/next`])
  })

  it('says why somebody may not judge any more', async () => {
    server.use(http.get('*/api/v1/training/runs/:run/review/next', () => HttpResponse.json({ status: 'error', message: 'Ihnen wurde schon gesagt, welche Seite gewann.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 })))
    show({ lauf: DONE, sicht: 'durchsicht' })
    expect(await screen.findByText('Ihnen wurde schon gesagt, welche Seite gewann.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Gleich gut' })).toBeNull()
  })

  it('shows an engineer how far it is, and no pairs', async () => {
    show({ lauf: DONE, sicht: 'durchsicht' }, ENGINEER)
    expect(await screen.findByText(/Noch 2 Menschen müssen alle 3 Paare beurteilen/)).toBeTruthy()
    expect(screen.getByText('Noch niemand hat begonnen.')).toBeTruthy()
    expect(screen.queryByRole('group', { name: 'Welche Antwort ist besser?' })).toBeNull()
  })

  it('has nothing to compare before the run has ended', async () => {
    show({ lauf: LIVE, sicht: 'durchsicht' })
    expect(await screen.findByText('Noch nichts zu vergleichen')).toBeTruthy()
  })
})
