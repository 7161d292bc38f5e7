// Handovers of anna (a customer) and emma (who serves), answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message, more = {}) => HttpResponse.json({ status: 'error', message, data: { code, ...more }, trace_id: 'mock-trace-4' }, { status })
export const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString()

const handover = (number, more = {}) => ({
  handover_id: id(number), kind: 'question', state: 'open', question: 'Wann darf mir der Strom gesperrt werden?', answers: 1, note: '', sender: 'anna', recipient: null, taken_by: null,
  received_on: day(-1).slice(0, 10), due_on: null, days_left: null, made_at: day(-1), taken_at: null, done_at: null, mine: false, ...more,
})
const complaint = (number, left, more = {}) => handover(number, { kind: 'complaint', received_on: day(left - 28).slice(0, 10), due_on: day(left).slice(0, 10), days_left: left, ...more })

const all = () => [
  complaint(801, -2, { question: 'Warum ist meine Abrechnung doppelt so hoch?', note: 'Bitte rufen Sie mich an.' }),
  complaint(802, 12, { question: 'Wer zahlt den Zählertausch?', state: 'taken', taken_by: 'emma', taken_at: day(0), answers: 2 }),
  handover(803),
  handover(804, { question: '(nicht gespeichert)', note: 'Mein Zähler zählt rückwärts.', recipient: 'emma' }),
]
const TURN = {
  answer_id: id(901), ts: day(-1), question: 'Warum ist meine Abrechnung doppelt so hoch?', status: 'answered',
  answer: 'Der Lieferant erläutert die Berechnung auf Wunsch. [chunk abc]\n\nAls Nächstes könnten Sie fragen: Was steht auf der Rechnung?',
  citations: [{ number: 1, chunk_id: 'abc', item_id: id(700), version: 1, title: 'StromGVV', section: '§ 16', page: null, start: 10, end: 90, quote: 'Abschläge sind anteilig zu berechnen.' }],
}

let rows = all()
export function resetHandovers() {
  rows = all()
}

function list({ request }) {
  const query = new URL(request.url).searchParams
  const states = query.getAll('state')
  const mine = query.get('box') === 'out'
  const found = rows.filter((one) => one.mine === mine && (states.length === 0 || states.includes(one.state)))
  const offset = Number(query.get('offset') ?? 0)
  return ok({ handovers: found.slice(offset, offset + Number(query.get('limit') ?? 50)), total: found.length })
}

async function make({ request }) {
  const body = await request.json()
  if (body.to === 'niemand') return fault(404, 'not_found', 'Diese Person übernimmt hier keine Gespräche.', { field: 'to' })
  rows.push(handover(850 + rows.length, { mine: true, kind: body.kind, note: body.note, recipient: body.to ?? null }))
  return ok({ handover_id: rows.at(-1).handover_id }, 201)
}

async function move({ request, params }) {
  const one = rows.find(({ handover_id }) => handover_id === params.id)
  if (!one) return fault(404, 'not_found', 'Diese Übergabe gibt es nicht.')
  const { state } = await request.json()
  Object.assign(one, { state, taken_by: state === 'taken' ? 'emma' : state === 'open' ? null : one.taken_by, done_at: state === 'done' ? day(0) : null })
  return ok(one)
}

export const handoverHandlers = [
  http.get(`${base}/handovers`, list),
  http.post(`${base}/handovers`, make),
  http.get(`${base}/handovers/:id`, ({ params }) => {
    const one = rows.find(({ handover_id }) => handover_id === params.id)
    return one ? ok({ ...one, turns: [{ ...TURN, question: one.question }] }) : fault(404, 'not_found', 'Diese Übergabe gibt es nicht.')
  }),
  http.patch(`${base}/handovers/:id`, move),
]
