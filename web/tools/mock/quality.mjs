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
  kpi('latency_p95_ms', 'Antwortzeit, 95 %', 'ms', 'percentile', 'down', { value: 175, n: 412, low: 160, high: 190 }, none, 0),
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

const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const EXPLAINED = {
  rule: 'ohne_antwort', text: 'Luna kann zu viele Fragen nicht beantworten.', kpi: 'refused_share', title: 'Ohne Antwort', segment: '', method: 'threshold', window: '24h',
  from: '2026-11-20T10:00:00Z', to: '2026-11-21T10:00:00Z', n: 120, least: 30, value: 0.4, low: 0.32, high: 0.49, direction: 'above', warn: 0.25, critical: 0.45, clear: 0.05, times: 3,
  before: 'pending', after: 'warn', event: 'warn', counted: true, value_text: '40,0 %', threshold_text: 'Warnung über 25,0 %, kritisch über 45,0 %, Ende bis 20,0 %, je 3x in Folge',
  sentence: 'Ohne Antwort über 24 Stunden: 40,0 % [32,0 bis 49,0] (n = 120). Warnung über 25,0 %, kritisch über 45,0 %, Ende bis 20,0 %, je 3x in Folge.', action: 'Ticket nach Triage, Protokoll',
}
const CALM = { ...EXPLAINED, rule: 'antwortzeit', text: 'Antworten dauern zu lange.', kpi: 'latency_p95_ms', title: 'Antwortzeit, 95 %', value: 180, before: 'ok', after: 'ok', event: '', low: 160, high: 190, sentence: 'Antwortzeit, 95 % über 24 Stunden: 180 ms [160 ms bis 190 ms] (n = 120). Warnung über 2.000 ms, kritisch über 5.000 ms, Ende bis 1.800 ms, je 3x in Folge.', warn: 2000, critical: 5000, clear: 200, threshold_text: 'Warnung über 2.000 ms, kritisch über 5.000 ms, Ende bis 1.800 ms, je 3x in Folge' }

function standing(explanation, more) {
  return { rule: explanation.rule, state: explanation.after, state_text: '', level: '', evaluated_at: '2026-11-21T10:00:00Z', silent_until: null, episode_id: null, opened_at: null, worst: null, ticket_id: null, ticket: null, explanation, ...more }
}
const alerts = [standing(EXPLAINED, { level: 'warn', episode_id: id(50), opened_at: '2026-11-21T08:00:00Z', worst: 'warn', ticket_id: id(60), ticket: 7 }), standing(CALM)]

const TEXT = 'version: 1\nevery: 15m\nrules:\n  - name: ohne_antwort\n    kpi: refused_share\n'
const LIMITS = ['text', 'kpi', 'title', 'segment', 'method', 'window', 'least', 'direction', 'warn', 'critical', 'clear', 'times', 'threshold_text']
const ruleOf = (told) => ({ name: told.rule, ...Object.fromEntries(LIMITS.map((key) => [key, told[key]])), action: { ticket: 'auto', channels: ['log'] } })
const thresholds = { text: TEXT, version: '0123456789ab', own: false, path: 'config/kpi/thresholds.yaml', every: '15m', rules: [ruleOf(CALM), ruleOf(EXPLAINED)], missing: [], problem: null, history: [] }

const gap = { gap_id: id(70), terms: ['ladesaeul', 'foerder'], state: 'open', first_at: '2026-11-18T08:00:00Z', last_at: '2026-11-21T08:00:00Z', closed_at: null, questions: 12, people: 7, weakness: 0.8, weight: 9.6, looked_at: '2026-11-21T09:00:00Z', place: null, place_source: null, last_step: null, rising: ['foerder'], idea: { terms: 'förderung ladesäule', nearest: 'Merkblatt Wallbox' } }
const asked = [{ answer_id: id(80), ts: '2026-11-21T08:00:00Z', question: 'Gibt es eine Förderung für Ladesäulen?', status: 'refused', weakness: 0.9 }]
const single = { answer_id: id(81), ts: '2026-11-21T09:30:00Z', question: 'Was kostet eine Führung durch das Wasserwerk?', conversation_id: null, why: 'refused', state: 'open', steps: [] }
const near = { section_id: id(90), item_id: id(91), version: 1, start: 0, end: 40, title: 'Förderrichtlinie', section: '§ 4', heading: '§ 4 Ladepunkte', excerpt: 'Gefördert werden öffentliche Ladepunkte.', nearly: true, missing: ['Ladesäulen'], terms: ['Ladepunkte'] }
let ticket
let steps
let outside
/** As nothing had been changed. */
export function resetQuality() {
  steps = []
  outside = false
  ticket = {
    ticket_id: id(60), number: 7, kind: 'knowledge', owner: 'lumina', state: 'open', state_text: 'offen', title: 'Unterlagen fehlen zu: Ladesäule, Förderung', text: 'Zwölf Fragen blieben ohne Antwort.', opened_by: 'chronos',
    rule: 'ohne_antwort', kpi: 'refused_share', segment: '', gap_id: id(70), gap_terms: gap.terms, gap_questions: 12, cause: 'missing', cause_text: 'Dokument fehlt.', evidence: {}, gain: { share: 0.1, low: 0.05, high: 0.17 }, effect: null, version: 1,
    opened_at: '2026-11-21T08:00:00Z', changed_at: '2026-11-21T08:00:00Z', closed_at: null, history: [{ change_id: id(61), at: '2026-11-21T08:00:00Z', actor: 'chronos', what: 'opened', facts: {}, comment: '' }],
    episodes: [{ episode_id: id(50), rule: 'ohne_antwort', kpi: 'refused_share', worst: 'warn', opened_at: '2026-11-21T08:00:00Z', ended_at: null, outcome: null }], questions: asked,
  }
}
resetQuality()

/** As if somebody else had changed the ticket. */
export function touchTicket() {
  ticket = { ...ticket, version: ticket.version + 1 }
}

const listTickets = ({ request }) => {
  const state = new URL(request.url).searchParams.get('state')
  const tickets = !state || ticket.state === state ? [ticket] : []
  return ok({ tickets, counts: { [ticket.state]: tickets.length }, total: tickets.length })
}

const gapNow = () => {
  const place = steps.find((one) => one.what === 'place' && !one.undone_at)?.place ?? null
  return { ...gap, state: outside ? 'outside' : 'open', place, place_source: place ? 'editor' : null, last_step: steps.find((one) => !one.undone_at && one.what !== 'place') ?? null }
}

/** A step that has been measured already: the answer is found. */
async function takeStep({ request }) {
  const body = await request.json()
  const missing = { answer: body.what === 'answer' && !body.answer, source: body.what === 'answer' && !body.source }
  const fields = Object.entries(missing).filter(([, yes]) => yes).map(([field]) => ({ field, message: field === 'source' ? 'Nennen Sie die Quelle der Antwort.' : 'Schreiben Sie die Antwort.' }))
  if (fields.length > 0) return HttpResponse.json({ status: 'error', message: fields[0].message, data: { code: 'validation', fields }, trace_id: 'mock-trace-6' }, { status: 400 })
  const asks = ['document', 'words', 'answer'].includes(body.what)
  const place = body.what === 'place' ? { item_id: near.item_id, title: near.title, section: near.section } : asks ? { item_id: id(91), title: 'Förderrichtlinie', section: '§ 4' } : null
  const step = {
    step_id: id(100 + steps.length), what: body.what, made_by: 'admin', made_at: '2026-11-24T10:00:00Z', measured_at: asks ? '2026-11-24T10:00:05Z' : null, undone_at: null, asks_again: asks, questions: 12, asked: asks ? 10 : 0,
    answered: asks ? 9 : 0, before: 'refused', after: asks ? 'answered' : null, place, item_id: body.item_id ?? null, item_title: body.item_id ? 'Förderrichtlinie' : null, phrases: body.phrases ?? [], terms: body.terms ?? [],
    question: body.question ?? null, answer: body.answer ?? null, source: body.source ?? null,
  }
  steps = [step, ...steps]
  outside = outside || body.what === 'outside'
  return ok(step, 201)
}

async function changeTicket({ request }) {
  const { comment, version, ...patch } = await request.json()
  if (version !== ticket.version) return HttpResponse.json({ status: 'error', message: 'Das Ticket wurde inzwischen geändert. Laden Sie es neu.', data: { code: 'conflict', version: ticket.version }, trace_id: 'mock-trace-5' }, { status: 409 })
  ticket = { ...ticket, ...patch, version: version + 1, history: [...ticket.history, { change_id: id(62), at: '2026-11-21T09:00:00Z', actor: 'admin', what: 'commented', facts: {}, comment: comment ?? '' }] }
  return ok(ticket)
}

async function tested({ request }) {
  const { text } = await request.json()
  if (text.includes('unfug')) return HttpResponse.json({ status: 'error', message: 'Die Schwellen sind nicht lesbar.', data: { code: 'validation', fields: [{ field: 'Zeile 5', message: 'unfug ist unbekannt' }] }, trace_id: 'mock-trace-4' }, { status: 400 })
  const firing = { started: '2026-11-02T08:00:00Z', ended: '2026-11-02T13:00:00Z', hours: 5, worst: 'warn' }
  return ok({ since: '2026-10-22T00:00:00Z', until: '2026-11-21T00:00:00Z', rules: [{ rule: 'ohne_antwort', kpi: 'refused_share', sentence: 'hätte 3x ausgelöst', fired: 3, critical: 0, evaluations: 720, blind: 12, hours: 15, firings: [firing] }] })
}

export const qualityHandlers = [
  http.get(`${base}/admin/alerts`, () => ok({ alerts, counts: { warn: 1, ok: 1 }, channels: ['log'], notices: [] })),
  http.get(`${base}/admin/alerts/history`, () => ok({ changes: [{ change_id: id(51), rule: 'ohne_antwort', episode_id: id(50), at: '2026-11-21T08:00:00Z', before: 'pending', after: 'warn', event: 'warn', event_text: 'Warnung', value: 0.4, n: 120, facts: {} }], total: 1 })),
  http.post(`${base}/admin/alerts/run`, async ({ request }) => ok({ at: '2026-11-21T10:00:00Z', version: '0123456789ab', dry_run: (await request.json()).dry_run, critical: false, counts: {}, rules: [EXPLAINED, CALM] })),
  http.post(`${base}/admin/alerts/:rule/silence`, ({ params }) => ok({ rule: params.rule, silent_until: '2026-11-22T10:00:00Z' })),
  http.get(`${base}/admin/thresholds`, () => ok(thresholds)),
  http.put(`${base}/admin/thresholds`, () => ok(thresholds)),
  http.post(`${base}/admin/thresholds/backtest`, tested),
  http.get(`${base}/admin/tickets`, listTickets),
  http.post(`${base}/admin/tickets`, () => ok(ticket, 201)),
  http.get(`${base}/admin/tickets/:id`, () => ok(ticket)),
  http.patch(`${base}/admin/tickets/:id`, changeTicket),
  http.get(`${base}/admin/gaps`, ({ request }) => {
    const state = new URL(request.url).searchParams.get('state')
    return ok(state === gapNow().state ? { gaps: [gapNow()], total: 1 } : { gaps: [], total: 0 })
  }),
  http.get(`${base}/admin/gaps/:id`, () => ok({ ...gapNow(), asked, steps })),
  http.get(`${base}/admin/gaps/:id/sections`, () => ok({ sections: [near] })),
  http.post(`${base}/admin/gaps/:id/steps`, takeStep),
  http.get(`${base}/admin/unanswered`, ({ request }) => ok(new URL(request.url).searchParams.get('state') === 'open' ? { questions: [single], total: 1 } : { questions: [], total: 0 })),
  http.get(`${base}/admin/unanswered/:id`, () => ok({ ...single, steps })),
  http.get(`${base}/admin/unanswered/:id/sections`, () => ok({ sections: [near] })),
  http.post(`${base}/admin/unanswered/:id/steps`, takeStep),
  http.post(`${base}/admin/gap-steps/:id/again`, () => ok(steps[0])),
  http.delete(`${base}/admin/gap-steps/:id`, ({ params }) => {
    steps = steps.map((one) => (one.step_id === params.id ? { ...one, undone_at: '2026-11-24T11:00:00Z' } : one))
    outside = steps.some((one) => one.what === 'outside' && !one.undone_at)
    return ok(steps.find((one) => one.step_id === params.id))
  }),

  http.get(`${base}/admin/kpis`, () => ok({ from: '2026-11-14T23:00:00Z', to: '2026-11-21T10:00:00Z', measured_to: '2026-11-21T10:00:00Z', kpis, tone: null })),
  http.post(`${base}/admin/kpis/measure`, () => ok({ job_id: '00000000-0000-7000-8000-000000000801' })),
  http.get(`${base}/admin/kpis/:name`, detail),
]
