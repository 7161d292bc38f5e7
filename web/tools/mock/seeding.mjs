// Pipelines, their runs, what those left out, versions and where records come from, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1/seeding'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-1' }, { status })
const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

const OLD = 'aaaa1111aaaa'.padEnd(64, '0')
const NEW = 'bbbb2222bbbb'.padEnd(64, '0')

/* oxlint-disable-next-line unicorn/no-thenable -- the API calls it so */
const instead = (measure, now, then, kept, fewer) => ({ measure, now, then, kept, fewer, kinds: fewer ? { ticket: Math.abs(fewer) } : {}, text: fewer ? `${then} statt ${now}: ${Math.abs(fewer)} Datensätze ${fewer > 0 ? 'weniger' : 'mehr'}, davon ${Math.abs(fewer)} Tickets.` : `${then} statt ${now}: kein Datensatz anders.` })
const spread = (histogram) => ({ mean: 97, p05: 89, median: 100, p95: 100, histogram })
const COUNTS = {
  rows_in: 2060,
  kept: 2000,
  removed: 60,
  changed: 108,
  steps: { exact: 26, fuzzy: 14, gate: 20 },
  problems: ['Zeile 7: kein Datum'],
  version: NEW,
  gate: { passed: true, held: 20, rows: 2020, faults: [], reasons: { 'Güte unter 50': 6, 'Sicherheit unter 70': 20 } },
  quality: spread([0, 0, 1, 3, 2, 14, 0, 7, 414, 1579]),
  confidence: spread([0, 0, 1, 3, 2, 14, 0, 7, 414, 1579]),
  completeness: spread([0, 0, 0, 0, 0, 0, 0, 0, 0, 2020]),
  bias: [
    { group: 'Nord', n: 900, share: 0.45, rate: 0.82, low: 0.79, high: 0.84, flagged: false },
    { group: 'Süd', n: 1100, share: 0.55, rate: 0.61, low: 0.58, high: 0.64, flagged: true },
  ],
  mitigation: [
    { how: 'weights', before: [], after: [{ group: 'Süd', n: 1100, share: 0.55, rate: 0.7, low: 0.67, high: 0.73, flagged: false }], left_out: 0, smallest_weight: 0.9, largest_weight: 1.2 },
    { how: 'resample', before: [], after: [{ group: 'Süd', n: 800, share: 0.5, rate: 0.7, low: 0.66, high: 0.73, flagged: false }], left_out: 412, smallest_weight: 1, largest_weight: 1 },
  ],
  drift: [{ column: 'betrag_eur', psi: 0.4, ks: 0.2, noise: 0.02, of: 'values', flagged: true, note: 'liegt höher als vorher' }, { column: 'ort', psi: 0.01, ks: null, noise: 0.02, of: 'values', flagged: false, note: '' }],
  what_if: [instead('quality', 50, 55, 2013, 1), instead('quality', 50, 60, 2000, 14), instead('quality', 50, 80, 1993, 21), instead('quality', 50, 85, 1986, 28), instead('quality', 50, 90, 1579, 435), instead('quality', 50, 95, 1546, 468), instead('confidence', 70, 50, 2014, -14), instead('completeness', 80, 95, 2004, 16)],
}

const run = (number, more) => ({ run_id: id(number), pipeline: 'beispiel-tickets', started_by: 'admin', reason: 'Quartal', started_at: '2026-11-20T09:00:00Z', ended_at: '2026-11-20T09:00:04Z', state: 'done', counts: COUNTS, stopped: '', ...more })
const version = (name, more) => ({ dataset: 'beispiel-tickets', version: name, state: 'former', rows: 1990, run_id: id(701), created_at: '2026-11-19T09:00:00Z', splits: { train: 1690, validation: 300 }, licences: ['eigen'], erased: 0, ...more })
const removal = (name, step, kept, more) => ({ id: name, step, kept_id: kept, score: kept ? 1 : null, differs: '', reason: kept ? `Gleicher Text wie ${kept}.` : 'Güte unter 50', content: { id: name, text: `Inhalt von ${name}`, thema: null }, undone_at: null, ...more })
const pipeline = (name, title, more) => ({ name, title, source: 'sample', purpose: 'training', policy: 'standard', licence: 'eigen', steps: ['harmonise', 'exact', 'fuzzy'], every_hours: null, last: null, live: null, job_id: null, ...more })

let pipelines
let runs
let versions
let removals
let people

/** As one pipeline had run three times, lately well, and the other never. */
export function resetSeeding() {
  runs = [run(700), run(701, { started_at: '2026-11-19T09:00:00Z' }), run(702, { started_at: '2026-11-18T09:00:00Z', state: 'stopped', counts: { rows_in: 2060, problems: [], changed: 3 }, stopped: 'Der Schritt „exact“ nähme 70 % der Quelle heraus; erlaubt sind 60 %.' })]
  versions = [version(NEW, { state: 'live', rows: 2000, run_id: id(700), created_at: '2026-11-20T09:00:04Z' }), version(OLD, { erased: 2 })]
  removals = [
    removal('T-1-kopie', 'exact', 'T-1'),
    removal('T-1-noch-eine', 'fuzzy', 'T-1', { differs: 'nur im entfernten: Guten Tag,' }),
    removal('T-9', 'gate', null),
    removal('T-10', 'objection', null, { content: null, reason: 'Die Person hat widersprochen oder wurde gelöscht.' }),
    ...Array.from({ length: 30 }, (_, row) => removal(`U-${row}`, 'exact', `K-${row}`)),
  ]
  people = [
    { dataset: 'beispiel-tickets', version: NEW, run: null, removed: null, step: null, row: { id: 'T-1', kundennummer: '100013', ort: 'Kirchau' } },
    { dataset: null, version: null, run: id(700), removed: 'T-1-kopie', step: 'exact', row: { id: 'T-1-kopie', kundennummer: '100013', ort: 'Kirchau' } },
  ]
  pipelines = [pipeline('beispiel-tickets', 'Beispiel · Tickets des Kundenservice', { last: runs[0], live: NEW }), pipeline('vertraege', 'Verträge aus dem Bestand', { source: 'table', every_hours: 24 })]
}
resetSeeding()

/** As nothing had run yet. */
export function mockFresh() {
  runs = []
  versions = []
  removals = []
  pipelines = pipelines.map((one) => ({ ...one, last: null, live: null }))
}

const named = (name) => versions.find((one) => one.version.startsWith(name))

function undo(which) {
  const chosen = removals.filter((one) => one.content && !one.undone_at && (!which.ids || which.ids.includes(one.id)) && (!which.kept_id || one.kept_id === which.kept_id))
  removals = removals.map((one) => (chosen.includes(one) ? { ...one, undone_at: '2026-11-21T09:00:00Z' } : one))
  return chosen.length
}

function live(name) {
  versions = versions.map((one) => ({ ...one, state: one.version === name ? 'live' : one.state === 'live' ? 'former' : one.state }))
  pipelines = pipelines.map((one) => (one.name === 'beispiel-tickets' ? { ...one, live: name } : one))
  return ok({ version: name })
}

function removalsOf({ request }) {
  const query = new URL(request.url).searchParams
  const [offset, limit, step] = [Number(query.get('offset')), Number(query.get('limit')), query.get('step')]
  return ok({ removals: removals.filter((one) => !step || one.step === step).slice(offset, offset + limit) })
}

const delivery = (engine, more) => ({ delivery_id: id(800), engine, dataset: 'beispiel-tickets', version: NEW, state: 'live', rows: 2000, before: null, after: 0.81, low: 0.02, high: 0.05, seconds: 0.4, reason: 'Geliefert.', delivered_at: '2026-11-20T10:00:00Z', ...more })
const engine = (name, kind, title, more) => ({ name, kind, title, consumer: 'Suche', metric: 'nDCG@10', better: 'up', channel: 'in_process', dataset: null, purpose: 'operations', columns: ['id'], model: false, live: null, rows: 0, last: null, reached: 0, missed: 0, seconds: null, recall_since: null, ...more })
let engines = [
  engine('self_learning', 'SelfLearning', 'Selbstlernende Suche', { dataset: 'beispiel-tickets', live: NEW, rows: 2000, last: delivery('self_learning'), reached: 167, missed: 1, seconds: 0.01 }),
  engine('churn', 'Churn', 'Abwanderung', { consumer: 'Liste des Kundendienstes', metric: 'mittlere Präzision', dataset: 'beispiel-tickets', purpose: 'profiling', live: OLD, rows: 1800, model: true, last: delivery('churn', { state: 'taken_back', after: 0.09, reason: 'Der neue Stand ist auf eigenen, ungesehenen Datensätzen nicht nachweislich besser als der Vergleich.' }) }),
  engine('roi', 'ROI', 'Gesagter und gemessener Nutzen', { consumer: 'Empfehlungen', metric: 'Fehler in EUR', better: 'down', channel: 'rest', recall_since: '2026-11-20T11:00:00Z' }),
]

const model = (name) => ({
  engine: name, kind: 'churn', title: 'Abwanderung', baseline: 'Restlaufzeit', metric: 'mittlere Präzision', version: OLD, made_at: '2026-11-20T09:00:00Z', rows: 1800,
  score: { metric: 'average_precision', value: 0.223, baseline: 0.164, low: 0.02, high: 0.12, verdict: 'better', reason: 'Besser als „Restlaufzeit“.', rows: 720 },
  buckets: [{ n: 60, predicted: 0.02, actual: 0.017 }, { n: 60, predicted: 0.09, actual: 0.1 }, { n: 60, predicted: 0.31, actual: 0.28 }],
  insights: ['„months_left“ zählt: Ohne diese Spalte wäre der Fehler um 12 % größer. Kleine Werte: 0,16, große: 0,05.'], few: false,
})

export const seedingHandlers = [
  http.get(`${base}/engines`, () => ok({ engines })),
  http.get(`${base}/engines/:name/model`, ({ params }) => ok(model(params.name))),
  http.get(`${base}/coverage`, () => ok({ needed: 95, delivered: 12, missing: { churn: ['tone'] } })),
  http.post(`${base}/engines/:name/deliver`, () => ok({ job_id: id(801) })),
  http.post(`${base}/engines/:name/rollback`, ({ params }) => {
    engines = engines.map((one) => (one.name === params.name ? { ...one, live: null, rows: 0 } : one))
    return ok({ version: null })
  }),
  http.get(`${base}/pipelines`, () => ok({ pipelines, faults: [] })),
  http.get(`${base}/pipelines/:name/preview`, () => ok({ columns: { id: ['T-1', 'T-2'], text: ['Der Zähler steht.', null] }, mapping: { Nachricht: 'text' }, problems: [] })),
  http.post(`${base}/pipelines/:name/runs`, async ({ params, request }) => {
    const fresh = run(710 + runs.length, { pipeline: params.name, reason: (await request.json()).reason, state: 'running', ended_at: null, counts: {} })
    runs = [fresh, ...runs]
    pipelines = pipelines.map((one) => (one.name === params.name ? { ...one, last: fresh, job_id: id(1) } : one))
    return ok({ job_id: id(1) })
  }),
  http.get(`${base}/runs`, ({ request }) => ok({ runs: runs.filter((one) => one.pipeline === new URL(request.url).searchParams.get('pipeline')) })),
  http.get(`${base}/runs/:id/removals`, removalsOf),
  http.post(`${base}/runs/:id/undo`, async ({ request }) => ok({ undone: undo(await request.json()) })),
  http.get(`${base}/versions`, ({ request }) => ok({ versions: versions.filter((one) => one.dataset === new URL(request.url).searchParams.get('dataset')) })),
  http.get(`${base}/datasets/:name/diff`, () =>
    ok({ counts: { added: 1, removed: 0, changed: 1, values: 1, changed_text: 1 }, added: [{ thema: 'Tarif', id: 'T-3' }], removed: [], changed: [{ key: 'T-1', column: 'text', before: 'alt', after: 'neu' }] }),
  ),
  http.post(`${base}/datasets/:name/live`, async ({ request }) => live((await request.json()).version)),
  http.post(`${base}/datasets/:name/rollback`, () => live(OLD)),
  http.get(`${base}/datasets/:name/lineage`, ({ request }) => {
    const query = new URL(request.url).searchParams
    if (query.get('row') !== 'T-1' || !named(query.get('version'))) return fault(404, 'not_found', 'Diese Fassung hat keinen solchen Datensatz.')
    return ok({ origins: [{ run_id: id(700), pipeline: 'beispiel-tickets', batch_id: id(720), source: 'beispiel/tickets', source_key: 'T-1', licence: 'eigen', fetched_at: '2026-11-20T09:00:00Z', sha256: 'c831' }] })
  }),
  http.post(`${base}/people`, async ({ request }) => {
    const { name } = await request.json()
    return name === '100013' ? ok({ rows: people }) : fault(404, 'not_found', 'Von dieser Person gibt es in den Datensätzen nichts.')
  }),
  http.post(`${base}/corrections`, async ({ request }) => {
    const { column, value } = await request.json()
    people = people.map((one) => ({ ...one, row: { ...one.row, [column]: value } }))
    return ok({ tables: { seed_removals: 0 }, versions: 1, rows: 2, batches: 1, engines: [] })
  }),
  http.get(`${base}/uses`, () => ok({ uses: [{ dataset: 'beispiel-tickets', version: NEW, row_id: 'T-1', engine: null, delivered_at: null }] })),
]
