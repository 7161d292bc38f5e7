// What was learned, prompts, and the proofs of what was done, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

const row = (number, more) => ({ entry_id: id(number), release_id: id(300), kind: 'topic', state: 'live', what: 'Thema Sperrung', evidence: 42, subjects: 9, cutoff: '2026-11-20T01:00:00Z', started_by: 'schedule', at: '2026-11-20T01:05:00Z', ended_by: null, ended_at: null, ...more })
let entries
let on
let prompts
let erasures
const erased = (number, more) => ({ erasure_id: id(number), subject_id: id(number + 1000), user_id: null, asked_at: '2026-11-19T09:00:00Z', done_at: '2026-11-19T09:01:00Z', state: 'done', state_text: 'gelöscht', job_id: null, error: null, receipt: {}, ...more })
/** As nothing had been changed. */
export function resetLearning() {
  on = true
  erasures = [erased(600, { receipt: { rows: { turns: 12, answers: 3 } } })]
  entries = [row(301), row(302, { kind: 'term', state: 'waiting', what: 'Stecker-Solar = Steckersolargerät' }), row(303, { kind: 'release', state: 'rejected', what: 'Ausgabe vom 19.11.2026' })]
  prompts = [
    { version: '2', state: 'draft', share: 0, note: 'kürzer', created_by: 'admin', created_at: '2026-11-19T10:00:00Z', trial_at: null, live_at: null, retired_at: null, before: null, yaml: 'version: "2"' },
    { version: '1', state: 'base', share: 0, note: '', created_by: '', created_at: null, trial_at: null, live_at: null, retired_at: null, before: null, yaml: 'version: "1"' },
  ]
}
resetLearning()
/** As these erasures had been asked for, newest first; each may say what differs from one that is done. */
export function mockErasures(all) {
  erasures = all.map((more, index) => erased(600 + index, more))
}

const detail = (entry) => ({
  ...entry,
  terms: ['sperrung', 'androhung'],
  passages: [{ chunk_id: id(310), item_id: id(700), title: 'StromGVV', section: '§ 19', up: 6.2, down: 1.1, subjects: 5, preference: 0.61 }],
  effect: { groups: [{ name: 'Urteile', n: 40, before: 61, after: 74.5, gain: 13.5, chance: 0.001 }], topics: [{ name: 'sperrung', n: 12, before: 50, after: 71, gain: 21 }] },
  reasons: entry.state === 'rejected' ? ['Überschriften: -1,2 Punkte nDCG@10 bei 80 Fragen.'] : [],
})
const found = ({ params }) => entries.find((entry) => entry.entry_id === params.id)
function become(state) {
  return ({ params }) => {
    entries = entries.map((entry) => (entry.entry_id === params.id ? { ...entry, state } : entry))
    return ok(detail(found({ params })))
  }
}

const figures = (version, useful) => ({ version, answers: 120, judged: 40, useful, useful_low: useful - 0.1, useful_high: useful + 0.1, refused: 0.05, grounded: 0.97 })
const comparison = { version: '2', against: '1', since: '2026-11-19T10:00:00Z', rows: [figures('2', 0.85), figures('1', 0.6)], chance: 0.01, verdict: 'better', note: 'Hilfreich in mehr Fällen.', seal: 'siegel' }
async function promote({ params, request }) {
  const { seal } = await request.json()
  if (seal === 'siegel') prompts = prompts.map((one) => (one.version === params.version ? { ...one, state: 'live' } : one))
  return ok({ promoted: seal === 'siegel', comparison })
}

const VERDICT = { ok: true, rows: 1204, sealed: 1200, unsealed: 4, seals: 12, head: 'ab', sealed_at: null, anchors: 3, anchored_at: null, restored: [], first: null, flaws: [], seconds: 0.1 }
const entry = { seq: 1204, ts: '2026-11-20T09:00:00Z', actor: 'admin', action: 'learning.undone', target: id(301), facts: { evidence: 42 } }

export const learningHandlers = [
  http.get(`${base}/admin/learning`, () => ok({ on, hour: 2, tried: '2026-11-20T01:05:00Z', live: id(300), job_id: null, entries, total: entries.length })),
  http.post(`${base}/admin/learning/run`, () => ok({ job_id: id(320) })),
  http.post(`${base}/admin/learning/start`, () => {
    on = true
    return ok({ on, hour: 2 })
  }),
  http.post(`${base}/admin/learning/stop`, () => {
    on = false
    return ok({ on, hour: 2 })
  }),
  http.get(`${base}/admin/learning/:id`, ({ params }) => ok(detail(found({ params })))),
  http.get(`${base}/admin/learning/:id/people`, () => ok({ people: [{ subject_id: id(501), judgements: 4, passages: [{ chunk_id: id(310), title: 'StromGVV', section: '§ 19' }] }], operator: 1 })),
  http.post(`${base}/admin/learning/:id/undo`, become('undone')),
  http.post(`${base}/admin/learning/:id/decide`, async ({ params, request }) => become((await request.json()).approved ? 'live' : 'declined')({ params })),
  http.get(`${base}/admin/prompts`, () => ok({ prompts, note: '' })),
  http.post(`${base}/admin/prompts`, () => ok(prompts[0], 201)),
  http.get(`${base}/admin/prompts/:version`, ({ params }) => ok({ ...prompts.find(({ version }) => version === params.version), comparison: params.version === '2' ? comparison : null })),
  http.post(`${base}/admin/prompts/:version/try`, ({ params }) => ok({ ...prompts[0], version: params.version, state: 'trial', share: 0.5 })),
  http.post(`${base}/admin/prompts/:version/promote`, promote),
  http.post(`${base}/admin/prompts/:version/rollback`, () => ok({ version: '1' })),
  http.get(`${base}/admin/audit`, ({ request }) => ok({ entries: new URL(request.url).searchParams.get('actor') === 'niemand' ? [] : [entry] })),
  http.get(`${base}/admin/audit/actions`, () => ok({ actions: ['learning.undone', 'token.issued'] })),
  http.get(`${base}/admin/audit/verify`, () => ok(VERDICT)),
  http.get(`${base}/admin/consents`, () => ok({ people: [{ subject_id: id(501), purposes: ['service'], withdrawn: ['analytics'], at: '2026-11-20T09:00:00Z', conversations: 3 }], total: 1, refusals: [{ day: '2026-11-20', source: 'sophia', reason: 'no_consent', n: 4 }] })),
  http.get(`${base}/admin/erasures`, ({ request }) => {
    const at = Number(new URL(request.url).searchParams.get('offset'))
    return ok({ erasures: erasures.slice(at, at + 50), total: erasures.length })
  }),
  http.post(`${base}/admin/erasures/:id/retry`, ({ params }) => {
    erasures = erasures.map((one) => (one.erasure_id === params.id ? { ...one, state: 'queued', state_text: 'wartet', error: null } : one))
    return ok(erasures.find((one) => one.erasure_id === params.id))
  }),
  http.post(`${base}/admin/erasures`, () => ok({ confirm: null, expires_in: null, erasure_id: id(602), job_id: id(603) }, 202)),
]
