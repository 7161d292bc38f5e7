// Recommendations with decisions, a day's schedule and the simulator's start, as the pages "Übersicht" and "Empfehlungen" ask for them.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-1' }, { status })
const day = Math.floor(Date.now() / 86_400_000) * 86_400
const fact = (name, said, unit, label, more = {}) => ({ name, value: 1, unit, said, label, start: day - 28 * 86_400, end: day, rows: 2688, ...more })

const one = (number, more) => ({
  recommendation_id: `01a200fe-0000-7000-8000-00000000000${number}`,
  rule: 'guenstige_stunden',
  meter_id: 'DE0000000000000000001',
  meter_title: 'Bäckerei',
  day: new Date(day * 1000).toISOString().slice(0, 10),
  valid_from: day,
  valid_to: day + 86_400,
  title: 'Verbrauch in günstige Stunden legen',
  text: 'Von 12:00 bis 15:00 Uhr kostet Ihr Strom 13,7 ct/kWh, von 17:30 bis 20:30 Uhr 24,7 ct/kWh.',
  eur: 4.5,
  eur_measured: null,
  kwh: 4.1,
  facts: [fact('spread_ct', '11,0', 'ct/kWh', 'Preisabstand', { start: day, end: day + 86_400, rows: 96 }), fact('base_kw', '0,40', 'kW', 'Grundlast'), fact('eur', '4,50', 'EUR', 'erwarteter Betrag', { start: 0, end: 0, rows: 0 })],
  norms: ['§ 41a EnWG'],
  terms: ['dynamischer Stromtarif'],
  state: 'open',
  reason: null,
  created_at: new Date(day * 1000).toISOString(),
  decided_at: null,
  may_decide: true,
  ...more,
})

const ADVICE = [
  one(1, { rule: 'pv_ueberschuss', title: 'Mehr vom eigenen Solarstrom nutzen', eur: 30.13, eur_measured: 21.4, kwh: 126 }),
  one(2, {}),
  one(3, { rule: 'zaehler_meldet_nicht', title: 'Der Zähler meldet nicht', eur: null, kwh: null, norms: [] }),
  one(4, { title: 'Seltene Lastspitze vermeiden', rule: 'spitzenkappung', eur: 0.5, may_decide: false }),
  one(5, { title: 'Beim Festpreis bleiben', rule: 'dynamischer_tarif_lohnt_nicht', state: 'declined', reason: 'Zu wenig Nutzen', decided_at: new Date().toISOString(), valid_to: day + 3 * 86_400 }),
]
const decided = new Map()
const shown = () => ADVICE.map((entry) => ({ ...entry, ...decided.get(entry.recommendation_id) }))

function list({ request }) {
  const query = new URL(request.url).searchParams
  const states = query.getAll('state').flatMap((entry) => entry.split(','))
  const found = shown().filter((entry) => (states.length === 0 ? ['open'] : states).includes(entry.state) && (!query.get('meter_id') || entry.meter_id === query.get('meter_id')))
  return ok({ recommendations: found.slice(0, Number(query.get('limit') ?? 3)), total: found.length })
}

const STATES = { uebernehmen: 'taken', spaeter: 'later', passt_nicht: 'declined' }

async function decide({ request, params }) {
  const { decision, reason } = await request.json()
  if (decision === 'passt_nicht' && !reason) return fault(422, 'validation', 'Bitte sagen Sie, warum die Empfehlung nicht passt.')
  decided.set(params.id, { state: STATES[decision], reason: reason || null, decided_at: new Date().toISOString() })
  return ok(shown().find((entry) => entry.recommendation_id === params.id))
}

function undo({ params }) {
  decided.set(params.id, { state: 'open', reason: null, decided_at: null })
  return ok(shown().find((entry) => entry.recommendation_id === params.id))
}

async function schedule({ request }) {
  const { meter_id } = await request.json()
  const ts = Array.from({ length: 96 }, (_, row) => day + row * 900)
  const each = (value) => ts.map((_, row) => value(row / 4))
  const battery = each((hour) => (hour >= 12 && hour < 14 ? 5 : hour >= 18 && hour < 20 ? -5 : 0))
  const base_kw = each((hour) => 2 + Math.sin(hour / 4))
  const columns = { ts, buy_eur_kwh: each((hour) => (hour >= 11 && hour < 15 ? 0.18 : 0.32)), sell_eur_kwh: each(() => 0), base_kw, pv_kw: each(() => 0), battery_kw: battery, stored_kwh: each(() => 5), curtailed_kw: each(() => 0), grid_kw: base_kw.map((value, row) => value + battery[row]), idle_grid_kw: base_kw }
  const sums = { cost_eur: 15.01, idle_eur: 18.03, saves_eur: 3.02, energy_eur: 15.01, feed_in_eur: 0, cycle_eur: 0, peak_eur: 0, peak_kw: 8, idle_peak_kw: 3, penalty_eur: 0 }
  const reasons = [{ kind: 'energy', name: 'Ofen', kwh: 1, penalty_eur: 0, text: 'Dem Ofen fehlen 1,0 kWh: Das Fenster ist zu kurz.' }]
  return ok({ meter_id, title: 'Bäckerei', day: new Date(day * 1000).toISOString().slice(0, 10), days: 1, seconds: 900, sources: { prices: 'market', base: 'usual', pv: 'none' }, columns, loads_kw: {}, ...sums, gap: 0, cpu_seconds: 0.1, reasons, schedule_id: null, created_at: null, plant: {} })
}

export const adviceHandlers = [
  http.get(`${base}/recommendations`, list),
  http.post(`${base}/recommendations/run`, () => ok({ job_id: '00000000-0000-7000-8000-000000000001' })),
  http.post(`${base}/recommendations/:id/decision`, decide),
  http.delete(`${base}/recommendations/:id/decision`, undo),
  http.post(`${base}/data/schedule`, schedule),
]
