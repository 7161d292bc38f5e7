// Sources of data, meters, deliveries and the simulator, as the page "Daten & Simulator" asks for them.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-1' }, { status })

const now = Math.floor(Date.now() / 60_000) * 60
const iso = (at) => new Date(at * 1000).toISOString()
const meter = (meter_id, title, kind, more = {}) => ({
  meter_id,
  title,
  kind,
  seconds: 900,
  simulated: false,
  mine: false,
  in_sum: true,
  keep_days: null,
  shared: false,
  customer: null,
  facts: {},
  last: { ts: now - 900, consumption_kw: 1.25, production_kw: null, quality: 'measured' },
  missing_s: 0,
  ...more,
})

export const meters = [
  meter('DE0001', 'Werk Nord', 'business', { missing_s: 11_700, facts: { tariff: { fixed_ct_kwh: 28.5 } } }),
  meter('sim-home-001', 'Haushalt 1', 'household', { simulated: true, seconds: 60, last: { ts: now - 60, consumption_kw: 0.42, production_kw: null, quality: 'simulated' } }),
  meter('leer', '', 'other', { last: null, missing_s: null }),
  ...Array.from({ length: 40 }, (_, row) => meter(`DE1${String(row).padStart(3, '0')}`, `Filiale ${row + 1}`, 'business')),
]

const feed = (name, kind, more = {}) => ({ name, kind, configured: true, enabled: true, settings: {}, rows: 0, last_at: null, last_error: null, error_at: null, ...more })
const feeds = [
  feed('mqtt', 'mqtt', { rows: 1234, last_at: iso(now - 7200), last_error: 'Der Broker lehnt die Anmeldung ab.', error_at: iso(now - 120) }),
  feed('push', 'push', { enabled: false }),
  feed('simulator', 'simulator', { rows: 50_000, last_at: iso(now - 30) }),
]

export const report = {
  state: 'done',
  batch_id: 12,
  format: 'csv',
  accepted: 90,
  corrected: 4,
  refused: 2,
  reasons: [
    { kind: 'refused', text: 'keine Zahl', count: 2, places: ['Zeile 3, Spalte „Verbrauch [kWh]“: „k.A.“', 'Zeile 9, Spalte „Verbrauch [kWh]“: „-“'] },
    { kind: 'corrected', text: 'kein Wert: als fehlend übernommen', count: 4, places: ['Zeile 20'] },
    { kind: 'note', text: 'Dezimalkomma gelesen, Punkte als Trennung von Tausendern', count: 1, places: [] },
  ],
  start: now - 86_400,
  end: now,
  meters: ['DE0001'],
  meter_count: 1,
  others: [],
  stored: { new: 94, same: 0, corrected: 0, kept: 0, overlapping: 0 },
}
const imports = [
  { batch_id: 12, source: 'upload', format: 'csv', name: 'lastgang.csv', state: 'done', created_at: iso(now - 600), ended_at: iso(now - 598), job_id: null, sent_by: null, may_take_back: true, report },
  { batch_id: 11, source: 'upload', format: '?', name: 'urlaub.jpg', state: 'refused', created_at: iso(now - 900), ended_at: iso(now - 900), job_id: null, sent_by: null, may_take_back: false, report: { reasons: [{ kind: 'refused', text: 'Dieses Format wird nicht gelesen.', count: 0, places: [] }] } },
]

let sim = {
  running: true,
  seed: 1,
  meters: 10,
  days: 14,
  faults: false,
  smartmeter_interval_sec: 60,
  market_interval_sec: 300,
  markets: ['EEX', 'APX'],
  products: ['BASE', 'PEAK'],
  rows: 50_000,
  until: now - 7 * 86_400,
  last_at: iso(now - 30),
  last_error: null,
}

function detail({ params }) {
  const found = meters.find((one) => one.meter_id === params.id)
  if (!found) return fault(404, 'not_found', 'Diesen Zähler gibt es nicht.')
  const gaps = found.missing_s ? [{ start: now - 90_000, end: now - 90_000 + found.missing_s }] : []
  return ok({ ...found, first: found.last ? now - 30 * 86_400 : null, gaps })
}

export const sourceHandlers = [
  http.get(`${base}/data/feeds`, () => ok({ feeds })),
  http.post(`${base}/data/feeds/:name`, ({ params }) => ok(feeds.find((one) => one.name === params.name))),
  http.get(`${base}/sim`, () => ok(sim)),
  http.post(`${base}/sim/run`, async ({ request }) => {
    const { action, ...choice } = await request.json()
    sim = { ...sim, ...choice, running: action === 'start' }
    return ok(sim)
  }),
  http.get(`${base}/data/meters`, ({ request }) => {
    const query = new URL(request.url).searchParams
    const found = meters.filter((one) => !query.get('kind') || one.kind === query.get('kind'))
    const offset = Number(query.get('offset') ?? 0)
    return ok({ meters: found.slice(offset, offset + Number(query.get('limit') ?? 100)), total: found.length })
  }),
  http.get(`${base}/data/meters/:id`, detail),
  http.patch(`${base}/data/meters/:id`, detail),
  http.delete(`${base}/data/meters/:id`, () => ok({ deleted: true })),
  http.get(`${base}/data/imports`, () => ok({ imports })),
  http.get(`${base}/data/imports/:id`, ({ params }) => {
    const found = imports.find((one) => String(one.batch_id) === params.id)
    return found ? ok(found) : fault(404, 'not_found', 'Diese Lieferung gibt es nicht.')
  }),
  http.post(`${base}/data/imports/:id/take-back`, ({ params }) => ok({ job_id: '00000000-0000-7000-8000-000000000002', import: { ...imports.find((one) => String(one.batch_id) === params.id), state: 'taken_back', may_take_back: false } })),
  http.get(`${base}/data/meters/:id/assignments`, ({ params }) => ok({ meter_id: params.id, assignments: [{ customer: 'anna', from: '2025-12-31T23:00:00Z', to: null, assigned_at: iso(now) }] })),
  http.put(`${base}/data/meters/:id/assignments`, async ({ params, request }) => ok({ meter_id: params.id, assignments: (await request.json()).map((one) => ({ ...one, from: one.from ?? '2000-01-01T00:00:00Z', assigned_at: iso(now) })) })),
  http.post(`${base}/data/import`, () => ok({ job_id: '00000000-0000-7000-8000-000000000001', report: null }, 202)),
]
