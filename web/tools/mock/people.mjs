// Consent, the editorial queue and what belongs to the signed-in person, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-2' }, { status })

const TEXT = '# Einwilligung\n\nSie entscheiden für jeden Zweck einzeln.\n\n**Gespräche aufbewahren (service).** Ihre Fragen und die Antworten werden gespeichert.'
const PURPOSES = [
  ['service', 'Gespräche aufbewahren', 'Ihre Fragen und Antworten werden gespeichert, damit Sie Ihren Verlauf sehen.'],
  ['analytics', 'Güte messen', 'Ihre gespeicherten Gespräche fließen in Kennzahlen ein.'],
  ['training', 'Daraus lernen', 'Aus Ihren gespeicherten Gesprächen darf gelernt werden.'],
]
const agreed = new Map()
const history = []

function consent() {
  const purposes = PURPOSES.map(([purpose, title, meaning]) => ({ purpose, title, meaning, given: agreed.get(purpose) ?? null, at: agreed.has(purpose) ? '2026-11-20T10:00:00Z' : null, version: agreed.has(purpose) ? 'v1' : null }))
  return { purposes, text: { version: 'v1', sha256: 'a'.repeat(64), text: TEXT }, history: [...history] }
}

async function change({ request }) {
  const { purposes, version } = await request.json()
  for (const [purpose, given] of Object.entries(purposes)) {
    agreed.set(purpose, given)
    history.unshift({ purpose, given, version, source: 'web', at: '2026-11-20T10:00:00Z', recorded_at: '2026-11-20T10:00:00Z' })
  }
  return ok(consent())
}

/** As nothing had been said or decided. */
export function resetPeople() {
  agreed.clear()
  tones = {}
  history.length = 0
  reviews = queue()
  seconds = secondQueue()
  disputes = disputeQueue()
}

const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

function entry(number, question, reasons, more = {}) {
  return {
    review_id: id(number),
    answer_id: id(900 + number),
    reasons,
    priority: 1,
    state: 'open',
    rating: null,
    note: null,
    claimed_by: null,
    claimed_until: null,
    decided_by: null,
    decided_at: null,
    created_at: '2026-11-20T09:00:00Z',
    asked_at: '2026-11-20T08:30:00Z',
    question,
    answer: 'Der Grundversorger darf die Versorgung vier Wochen nach der Androhung unterbrechen. [chunk abc]',
    status: 'answered',
    citations: [{ number: 1, chunk_id: 'abc', item_id: id(700), version: 1, title: 'StromGVV', section: '§ 19', page: null, start: 10, end: 90, quote: 'Der Grundversorger ist berechtigt, die Grundversorgung vier Wochen nach der Androhung unterbrechen zu lassen.' }],
    model: '',
    prompt_version: '1',
    conversation_id: null,
    training: true,
    curated_question: null,
    curated_answer: null,
    approver: null,
    publish: null,
    item_id: null,
    ...more,
  }
}

function queue() {
  return [
    entry(1, 'Wann darf mir der Strom gesperrt werden?', ['thumbs_down']),
    entry(2, 'Wie melde ich eine Wärmepumpe an?', ['weak', 'rare'], { training: false }),
    entry(3, 'Was kostet die Blindarbeit?', ['ungrounded'], { status: 'partial' }),
  ]
}
let tones = {}
let reviews = queue()

const inState = (state) => reviews.filter((one) => one.state === state).length
const counts = () => ({ open: inState('open'), accepted: inState('accepted'), rejected: inState('rejected'), changed: inState('changed'), pairs: inState('changed') })

function listReviews({ request }) {
  const params = new URL(request.url).searchParams
  const found = reviews.filter((one) => (!params.get('state') || one.state === params.get('state')) && (!params.get('reason') || one.reasons.includes(params.get('reason'))))
  const offset = Number(params.get('offset') ?? 0)
  const page = found.slice(offset, offset + Number(params.get('limit') ?? 50))
  return ok({ reviews: page, total: page.length > 0 ? found.length : 0, counts: counts() })
}

const STATES = { annehmen: 'accepted', ablehnen: 'rejected', aendern: 'changed' }

/** As the server keeps it: an editor stands for an answer they accept as for one they write. */
function decided(one, state, { rating = null, question, answer } = {}) {
  const curated = state === 'rejected' ? {} : { curated_question: question ?? one.question, curated_answer: answer ?? one.answer, publish: false }
  return { ...one, state, rating, decided_by: 'admin', decided_at: '2026-11-20T11:00:00Z', ...curated }
}

/** As if so many answers had been accepted. */
export function acceptMany(count) {
  reviews = Array.from({ length: count }, (_, index) => decided(entry(1000 + index, `Frage ${index + 1}`, ['sample']), 'accepted'))
}

async function decideReview({ params, request }) {
  const body = await request.json()
  const at = reviews.findIndex((one) => one.review_id === params.id)
  if (at < 0) return fault(404, 'not_found', 'Diesen Eintrag der Durchsicht gibt es nicht (mehr).')
  if (body.verdict === 'ueberspringen') reviews.push(...reviews.splice(at, 1))
  else reviews[at] = decided(reviews[at], STATES[body.verdict], body)
  return ok(reviews.find((one) => one.review_id === params.id))
}

function undoReview({ params }) {
  const at = reviews.findIndex((one) => one.review_id === params.id)
  reviews[at] = { ...reviews[at], state: 'open', rating: null, decided_by: null, decided_at: null, curated_question: null, curated_answer: null, publish: null }
  return ok(reviews[at])
}

const oneReview = ({ params }) => {
  const found = reviews.find((one) => one.review_id === params.id)
  return found ? ok(found) : fault(404, 'not_found', 'Diesen Eintrag der Durchsicht gibt es nicht (mehr).')
}

const WEEK = { until: '2026-11-22T23:00:00Z', since: '2026-10-25T23:00:00Z', pairs: 34, share: 0.79, kappa: 0.52, low: 0.3, high: 0.7, passed: false, text: 'Kappa 0,52 (95 %: 0,30 bis 0,70) aus 34 Paaren bis 23.11.2026, in 79 % gleich: zu uneinig, nötig sind 0,60.' }
const secondQueue = () => [
  { ...entry(41, 'Wann darf der Netzbetreiber die Wallbox drosseln?', []), due_at: '2026-11-19T09:00:00Z', overdue: true },
  { ...entry(42, 'Wie lange gilt mein Preis in der Grundversorgung?', []), due_at: '2026-11-28T09:00:00Z', overdue: false },
]
const disputeQueue = () => [
  { review_id: id(51), question: 'Muss ich den Zählerstand selbst ablesen?', first_state: 'accepted', first_by: `reviewer:${id(2971)}`, first_note: null, state: 'changed', second_by: `reviewer:${id(3012)}`, note: 'Die Ausnahme für Smart Meter fehlt.', given_at: '2026-11-24T09:00:00Z', own: [] },
  { review_id: id(52), question: 'Was kostet eine Sperrung?', first_state: 'rejected', first_by: 'admin', first_note: 'Der Betrag ist von 2023.', state: 'accepted', second_by: `reviewer:${id(3012)}`, note: null, given_at: '2026-11-25T09:00:00Z', own: ['erste'] },
]
let seconds = secondQueue()
let disputes = disputeQueue()
const blind = ({ review_id, due_at, overdue, asked_at, question, status }) => ({ review_id, due_at, overdue, asked_at, question, status })

async function giveSecond({ params, request }) {
  const { verdict, note } = await request.json()
  const found = seconds.find((one) => one.review_id === params.id)
  if (!found) return fault(404, 'not_found', 'Zu diesem Eintrag wird von Ihnen keine zweite Meinung gebraucht.')
  seconds = seconds.filter((one) => one !== found)
  const same = verdict === 'annehmen'
  if (!same) disputes.push({ review_id: found.review_id, question: found.question, first_state: 'accepted', first_by: `reviewer:${id(2971)}`, first_note: null, state: STATES[verdict], second_by: 'admin', note, given_at: '2026-11-26T09:00:00Z', own: ['zweite'] })
  return ok({ agreed: same })
}

async function settleSecond({ params, request }) {
  const { right } = await request.json()
  disputes = disputes.filter((one) => one.review_id !== params.id)
  return ok({ state: right === 'erste' ? 'accepted' : 'open' })
}

const talk = {
  conversation_id: id(500), source: 'nova', channel: '', subject_id: id(501), purposes: ['service', 'analytics'], started_at: '2026-11-20T08:00:00Z', last_at: '2026-11-20T08:05:00Z', ended_at: null, turns: 2, searchable: true,
}
const said = () => [
  { seq: 0, role: 'user', ts: '2026-11-20T08:00:00Z', text: 'Hier [NAME_7KQ2MX]: Das ist schon die dritte falsche Rechnung!', answer_id: id(901), meta: {}, tone: tones[0] ?? null, review_id: null, useful: null },
  { seq: 1, role: 'assistant', ts: '2026-11-20T08:00:02Z', text: 'Eine Rechnung muss binnen sechs Wochen vorliegen.', answer_id: id(901), meta: {}, tone: null, review_id: id(1), useful: false },
]

const quotas = [
  { quota: 'documents', used: 12, most: 500, text: 'Platz schafft, wer Dokumente löscht.' },
  { quota: 'meters', used: 2, most: 20, text: 'Weitere Zähler sind Sache der Betriebsverwaltung.' },
  { quota: 'bytes', used: 980 * 1024 ** 2, most: 1000 * 1024 ** 2, text: 'Platz schafft, wer Dokumente löscht.' },
  { quota: 'tokens', used: 1, most: null, text: 'Ein Token weniger gilt, sobald es abläuft.' },
  { quota: 'jobs', used: 0, most: 200, text: 'Wartende Aufträge enden von selbst.' },
]

export const peopleHandlers = [
  http.get(`${base}/me/quota`, () => ok({ budget: { seconds: 30, left: 21.4, wait: 0 }, quotas })),
  http.get(`${base}/admin/quotas`, () => ok({ people: [{ user_id: id(800), user: 'anna', role: 'customer', share: 0.98, quotas }], total: 1 })),
  http.get(`${base}/admin/conversations`, ({ request }) => {
    const none = new URL(request.url).searchParams.get('purpose') === 'training'
    return ok({ conversations: none ? [] : [{ ...talk, begins: said()[0].text, useful: 0, not_useful: 1 }], total: none ? 0 : 1, sources: { nova: 1, sophia: 0 } })
  }),
  http.get(`${base}/admin/conversations/search`, ({ request }) =>
    ok({ passages: /rechnung/i.test(new URL(request.url).searchParams.get('query')) ? [{ chunk_id: id(510), text: said()[0].text, chunk_idx: 0, conversation_id: id(500), source: 'nova', channel: '', started_at: talk.started_at, status: 'open', turns: 2, first_turn: 0, last_turn: 1 }] : [] }),
  ),
  http.get(`${base}/admin/conversations/:id`, () => ok({ ...talk, said: said() })),
  http.put(`${base}/admin/conversations/:id/turns/:seq/sentiment`, async ({ params, request }) => {
    tones = { ...tones, [params.seq]: (await request.json()).label }
    return ok({ labels: 1 })
  }),
  http.post(`${base}/me/objection`, () => {
    for (const purpose of ['analytics', 'training']) agreed.set(purpose, false)
    return ok({ agreed: ['service'] })
  }),
  http.get(`${base}/me/erasure`, () => ok({ erasure_id: null, asked_at: null, state: null, state_text: null })),
  http.delete(`${base}/me`, ({ request }) => ok(new URL(request.url).searchParams.get('confirm') === 'wort' ? { confirm: null, expires_in: null, erasure_id: id(600), job_id: id(601) } : { confirm: 'wort', expires_in: 600, erasure_id: null, job_id: null })),

  http.get(`${base}/me/consent`, () => ok(consent())),
  http.put(`${base}/me/consent`, change),
  http.get(`${base}/admin/second-opinions`, () => ok({ waiting: seconds.map(blind), disputed: disputes, counts: { waiting: seconds.length, disputed: disputes.length }, agreement: [WEEK, { ...WEEK, until: '2026-11-15T23:00:00Z', kappa: 0.66, passed: true }] })),
  http.get(`${base}/admin/second-opinions/:id`, ({ params }) => {
    const found = seconds.find((one) => one.review_id === params.id)
    return found ? ok({ ...blind(found), answer: found.answer, citations: found.citations }) : fault(404, 'not_found', 'Zu diesem Eintrag wird von Ihnen keine zweite Meinung gebraucht.')
  }),
  http.post(`${base}/admin/second-opinions/:id`, giveSecond),
  http.post(`${base}/admin/second-opinions/:id/settlement`, settleSecond),
  http.get(`${base}/admin/reviews`, listReviews),
  http.get(`${base}/admin/reviews/export`, () => ok({ rows: reviews.filter(({ state }) => state === 'changed'), held_back: 1 })),
  http.post(`${base}/admin/reviews/fill`, () => ok({ job_id: id(800) })),
  http.get(`${base}/admin/reviews/:id`, oneReview),
  http.post(`${base}/admin/reviews/:id/claim`, oneReview),
  http.post(`${base}/admin/reviews/:id/decision`, decideReview),
  http.delete(`${base}/admin/reviews/:id/decision`, undoReview),
]
