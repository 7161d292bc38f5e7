// Measured quality, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-3' }, { status })

const none = { value: null, n: 0, low: null, high: null }

function kpi(name, title, unit, kind, better, now, before, digits = 2) {
  return { name, title, unit, kind, better, digits, meaning: `Was ${title} heißt.`, formula: 'a / b', ...now, before }
}

const kpis = [
  kpi('answers', 'Antworten', 'Antworten', 'count', 'up', { value: 412, n: 412, low: null, high: null }, { value: 380, n: 380, low: null, high: null }, 0),
  kpi('useful_share', 'Hilfreich', '%', 'share', 'up', { value: 0.62, n: 120, low: 0.53, high: 0.7 }, { value: 0.86, n: 110, low: 0.78, high: 0.91 }),
  kpi('refused_share', 'Ohne Antwort', '%', 'share', 'down', { value: 0.08, n: 412, low: 0.06, high: 0.11 }, { value: 0.09, n: 380, low: 0.07, high: 0.12 }),
  kpi('sentiment', 'Stimmung', '', 'mean', 'up', none, none),
]

function days(of) {
  return Array.from({ length: 30 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 22 + index)).toISOString().slice(0, 10)
    return index < 3 ? { day, ...none } : { day, value: (of.value ?? 0) * (0.9 + (index % 5) / 25), n: 12, low: 0.5, high: 0.9 }
  })
}

function detail({ params, request }) {
  const found = kpis.find((one) => one.name === params.name)
  if (!found) return fault(404, 'not_found', 'Diese Kennzahl gibt es nicht.')
  const segment = new URL(request.url).searchParams.get('segment') ?? ''
  const calm = { enough: true, state: 0, low: -1, high: 1, out: '', since: null }
  return ok({
    ...found,
    segment,
    days: days(found),
    segments: [
      { segment: 'kind:regulation', value: 0.7, n: 80, low: 0.6, high: 0.8 },
      { segment: 'kind:note', value: 0.4, n: 20, low: 0.2, high: 0.6 },
    ],
    ewma: { ...calm, out: 'down', since: '2026-11-14' },
    cusum: calm,
  })
}

export const qualityHandlers = [
  http.get(`${base}/admin/kpis`, () => ok({ from: '2026-11-14T23:00:00Z', to: '2026-11-21T10:00:00Z', measured_to: '2026-11-21T10:00:00Z', kpis, tone: null })),
  http.post(`${base}/admin/kpis/measure`, () => ok({ job_id: '00000000-0000-7000-8000-000000000801' })),
  http.get(`${base}/admin/kpis/:name`, detail),
]
