// Load curves, figures, forecasts and the data behind numbers, as the pages "Energie" and "Fragen" ask for them.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' })
const now = Math.floor(Date.now() / 900_000) * 900

/** A day's curve with its peak in the evening. */
const powerAt = (at) => 1 + 2 * Math.max(0, Math.sin((((at % 86_400) / 86_400) * 2 - 1) * Math.PI)) + ((at / 900) % 7) / 20

function boundsOf(request) {
  const query = new URL(request.url).searchParams
  return [query.get('meter_id'), Math.ceil(Date.parse(query.get('from')) / 900_000) * 900, Date.parse(query.get('to')) / 1000]
}

function load({ request }) {
  const [meter_id, from, to] = boundsOf(request)
  const resolution = to - from > 15 * 86_400 ? 3600 : 900
  const ts = []
  if (meter_id !== 'leer') for (let at = from; at < Math.min(to, now) && ts.length < 2000; at += resolution) if (at < now - 90_000 || at >= now - 86_400 || to - from > 8 * 86_400) ts.push(at)
  const mean = ts.map(powerAt)
  const top = mean.indexOf(Math.max(...mean))
  return ok({
    meter_id,
    unit: 'kW',
    resolution,
    columns: { ts, min: mean, mean, max: mean },
    production: null,
    peak: ts.length > 0 ? { value: mean[top], ts: ts[top] } : null,
    quality: ts.length > 0 ? { measured: ts.length - 8, substitute: 8 } : {},
  })
}

const written = (value, unit) => (value === null ? '' : unit === '1' ? `${Math.round(value * 100)} %` : `${value.toLocaleString('de-DE', { minimumFractionDigits: unit === 'kWh' ? 1 : 2, maximumFractionDigits: unit === 'kWh' ? 1 : 2 })} ${unit}`)
const figure = (name, value, unit, more = {}) => ({ name, value, unit, text: written(value, unit), basis: 'am 22.11.2026', meaning: 'Bedeutung', reason: value === null ? 'Es ist nichts angegeben.' : '', at: null, covered: 1, rows: 672, ...more })

function figures({ request }) {
  const [meter_id, from] = boundsOf(request)
  const recent = from > now - 8 * 86_400
  const query = new URL(request.url).searchParams
  const fixed = query.get('fixed_ct_kwh') ?? '28.5' // what is kept with the meter
  return ok({
    meter_id,
    meter_ids: query.getAll('meter_id'),
    start: from,
    end: from + 86_400,
    said: 'am 22.11.2026',
    agreed: Boolean(fixed),
    holds: fixed ? 'Arbeitspreis, brutto' : 'nur Börsenpreis, netto, ohne Netzentgelt, Abgaben und Steuern',
    gaps: [],
    figures: [
      figure('energy', recent ? 240 : 200, 'kWh'),
      figure('expected', 230, 'kWh'),
      figure('expected_low', 200, 'kWh'),
      figure('expected_high', 260, 'kWh'),
      figure('excess', 10, 'kWh'),
      figure('excess_share', 0.043, '1'),
      figure('cost', fixed ? (240 * Number(fixed)) / 100 : 21.6, 'EUR'),
      figure('peak', 4.2, 'kW', { at: now - 7200 }),
      figure('quarter_peak', 4.2, 'kW', { at: now - 7200 }),
      figure('load_factor', 0.34, '1'),
      figure('hours_of_use', null, 'h', { reason: 'Benutzungsstunden gelten für ein ganzes Jahr.' }),
      figure('base_load', 0.4, 'kW'),
      fixed ? figure('cost_fixed', (240 * Number(fixed)) / 100, 'EUR') : figure('cost_fixed', null, 'EUR', { reason: 'Es ist kein Festpreis angegeben.' }),
      figure('cost_spot', null, 'EUR', { reason: 'Es ist kein Aufschlag auf den Börsenpreis angegeben.' }),
      figure('negative_share', 0.02, '1'),
      figure('production', null, 'kWh', { reason: 'Für diesen Zähler gibt es keine Erzeugung.' }),
      figure('self_consumption', null, '1', { reason: 'Für diesen Zähler gibt es keine Erzeugung.' }),
      figure('autarky', null, '1', { reason: 'Für diesen Zähler gibt es keine Erzeugung.' }),
      figure('co2', null, 'kg', { reason: 'Es ist kein Emissionsfaktor angegeben.' }),
    ],
  })
}

const SCORES = { days: 0, mae: null, naive: null, seasonal: null, rmae: null, seasonal_rmae: null, inside: null, bias: null }

function forecast({ request }) {
  const meter_id = new URL(request.url).searchParams.get('meter_id')
  const ts = Array.from({ length: 96 }, (_, row) => now + row * 900)
  const mean = ts.map(powerAt)
  const none = ts.map(() => null)
  const columns = { ts, mean, median: mean, low: mean.map((value) => value * 0.7), high: mean.map((value) => value * 1.4), naive: none, seasonal: none, actual: none }
  return ok({ target: `meter/${meter_id}`, kind: 'meter', title: meter_id, unit: 'kW', market: null, product: null, zone: null, meter_id, resolution: 900, columns, scores: SCORES, issued_at: null, days: [], model: null, reason: '' })
}

const again = ({ params }) =>
  ok({ fact_id: params.id, equal: true, value: 1, unit: 'kWh', text: '1,0 kWh', value_now: 1, unit_now: 'kWh', text_now: '1,0 kWh', rows: 96, rows_now: 96, chart: null, computed_at: new Date().toISOString(), reason: '' })

export const energyHandlers = [
  http.get(`${base}/data/smartmeter`, load),
  http.get(`${base}/data/figures`, figures),
  http.get(`${base}/data/forecasts`, forecast),
  http.post(`${base}/data/facts/:id/recompute`, again),
]
