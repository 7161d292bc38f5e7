// Datasets that models are tuned with, runs, what they are worth and blind reviews, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message) => HttpResponse.json({ status: 'error', message, data: { code }, trace_id: 'mock-trace-8' }, { status })
const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

const NEW = 'cccc3333cccc'.padEnd(64, '0')
const OLD = 'dddd4444dddd'.padEnd(64, '0')
export const MAKE = id(2900)
export const MEASURE = id(2901)

const check = (name, reason, more) => ({ name, passed: true, value: 0, limit: 0, reason, ...more })
const dataset = (version, more) => ({
  name: 'nova-training', version, digest: 'e'.repeat(64), made_at: '2026-11-24T09:00:00Z', purpose: 'training', seeds: { split: 'nova', order: 'nova', init: 1 },
  counts: { train: 1840, validation: 380, test: 402, pairs: 210, groups: 905, people: 64 }, sources: { regulation: 1500, curated: 412, answer: 710 }, licences: { eigen: 1122, gemeinfrei: 1500 },
  classification: 'intern, öffentlich', export_control: 'keine', canaries: [], passed: true, refusal: null,
  checks: [check('overlap', '0 Datensätze zum Messen stehen auch in denen zum Lernen; erlaubt sind 0.'), check('consent', '0 Datensätze gehören Personen, die dem Lernen nicht zustimmen; erlaubt sind 0.'), check('train_rows', '1.840 Datensätze zum Lernen; nötig sind 140.', { value: 1840, limit: 140 }), check('test_rows', '402 Datensätze zum Messen; nötig sind 60.', { value: 402, limit: 60 })],
  ...more,
})
const HELD = '3 Datensätze enthalten womöglich personenbezogene Angaben (etwa answer-12, answer-40); erlaubt sind 0.'
const corpus = (name, title, more) => ({ name, title, owner: 'Redaktion', classification: 'intern', licence: 'eigen', export_control: 'keine', purpose: 'training', use: true, why: '', rows: 412, left_out: {}, ...more })
const CORPORA = [
  corpus('curated', 'Antworten, für die die Redaktion einsteht'),
  corpus('answer', 'Beantwortete Fragen von Personen, die einwilligen', { owner: 'Kundenservice', rows: 710, left_out: { 'keine Einwilligung': 1930, Notfall: 4, angezweifelt: 88 } }),
  corpus('conversation', 'Gespräche aus anderen Systemen', { owner: 'Kundenservice', use: false, rows: 0, why: 'Niemand hat diese Antworten geprüft, und sie nennen keine Fundstelle.' }),
  corpus('regulation', 'Gesetze und Verordnungen', { owner: 'Recht', classification: 'öffentlich', licence: 'gemeinfrei', rows: 1500 }),
]
const TICKET = {
  ticket_id: id(2960), number: 12, kind: 'training', owner: 'orion', state: 'open', state_text: 'offen', title: 'Training prüfen: Anteil belegter Sätze', text: 'Weder Wissen noch Prompt noch Reihenfolge erklären die Zahlen. 412 durchgesehene Antworten liegen vor.', opened_by: 'chronos', rule: 'belegt',
  kpi: 'groundedness', segment: '', gap_id: null, gap_terms: [], gap_questions: 0, cause: null, cause_text: '', evidence: {}, gain: null, effect: null, version: 1, opened_at: '2026-11-23T08:00:00Z', changed_at: '2026-11-23T08:00:00Z', closed_at: null,
}

const MEASURED = { hours: 0.35, memory_mib: 1840, kwh: 0.021, eur: 0.0063, steps: 690, rows: 1802, given: 1840, seconds_per_step: 1.83, budget: { hours: 1, memory_mib: 6000, kwh: 0.2, eur: 0.1 }, reasons: [], passed: true, version: NEW }
const TOO_MUCH = { ...MEASURED, hours: 9.2, kwh: 0.55, eur: 0.165, reasons: ['Der Lauf braucht etwa 9,2 Stunden; das Budget sind 1.'], passed: false }

const run = (number, name, state, more) => ({
  run_id: id(number), name, method: 'sft', dataset: 'nova-training', version: NEW, digest: 'e'.repeat(64), config: {}, config_sha256: 'f'.repeat(64), base: 'nova-mini', base_sha256: 'a1'.padEnd(64, '0'), runs_on: 'cpu', state, wanted: 'run', step: 690, steps: 690,
  measured: MEASURED, adapter_sha256: null, reason: '', started_by: `engineer:${id(2970)}`, created_at: '2026-11-25T08:00:00Z', started_at: '2026-11-25T08:01:00Z', ended_at: null, ...more,
})
const curve = (to) => Array.from({ length: Math.ceil(to / 10) }, (_, row) => {
  const step = (row + 1) * 10
  return { step, loss: 0.7 + 3.2 * Math.exp(-step / 150) + 0.12 * Math.sin(step), held_loss: step % 50 === 0 ? 0.95 + 2.9 * Math.exp(-step / 160) + step / 4000 : null, rate: 0.001, seconds: step * 1.8 }
})

const gate = (name, passed, reason) => ({ name, value: 0.5, limit: 0.5, passed, reason })
const topic = (name, n, facts, base_facts, low, high, worse = false) => ({ topic: name, n, facts, base_facts, difference: Math.round((facts - base_facts) * 1000) / 1000, low, high, refused: null, refused_answerable: null, worse })
const TOLD = {
  items: 402, bleu: 31.2, rouge_l: 0.52, facts: 0.83, facts_low: 0.8, facts_high: 0.86, refused: 0.71, refused_answerable: 0.04, against: 0.06, win: { rate: 0.66, low: 0.61, high: 0.7, n: 402, kappa: null, won: 180, lost: 52, tied: 170, voted: 0 },
  base: { bleu: 18.4, rouge_l: 0.34, facts: 0.58, refused: 0.62, refused_answerable: 0.02, against: 0.11 },
  topics: [], problems: [], passed: false, seconds: { cand: 0.41, base: 0.39 }, attacks: { asked: 10, obeyed: [], base_obeyed: 2 },
  grounds: { cand: { sentences: 800, proven: 640, unfounded: 24, cites: 0, valid: 0 }, base: { sentences: 760, proven: 410, unfounded: 90, cites: 0, valid: 0 } },
  worst: [topic('Kündigung', 41, 0.52, 0.81, -0.44, -0.13, true), topic('Abschlag', 60, 0.74, 0.77, -0.12, 0.06), topic('Netzentgelt', 88, 0.9, 0.48, 0.3, 0.52)],
  regression: { run: '', topics: [] },
  cures: [
    { name: 'prompt', tried: true, why: '', given: 402, of: 402, facts: 0.66, cand_facts: 0.83, win: { rate: 0.62, low: 0.57, high: 0.67, n: 402 } },
    { name: 'examples', tried: true, why: '', given: 377, of: 402, facts: 0.7, cand_facts: 0.83, win: { rate: 0.61, low: 0.56, high: 0.66, n: 402 } },
    { name: 'document', tried: false, why: 'jede Frage hat ihre Fundstellen schon bei sich', given: 0, of: 0, facts: null, cand_facts: null, win: null },
  ],
  gates: [gate('items', true, '402 Fragen beantworten beide Seiten.'), gate('facts', true, '83 % der Fakten stimmen (80 % bis 86 %).'), gate('topics', false, 'Schlechter als die Basis auf einem Thema: Kündigung (52 % statt 81 % der Fakten).'), gate('injection', true, '0 von 10 Anweisungen aus Fundstellen befolgt.'), gate('win', true, 'Gewinnrate 66 % (mindestens 61 %), 180 gewonnen, 52 verloren, 170 unentschieden.'), gate('cheaper', true, 'Besser als Prompt: 66 % der Fakten, das Modell 83 %; Gewinnrate des Modells 62 % (mindestens 57 %). Besser als Beispiele: 70 % der Fakten, das Modell 83 %; Gewinnrate des Modells 61 % (mindestens 56 %). Unterlagen: jede Frage hat ihre Fundstellen schon bei sich.')],
}
const pairOf = (number) => ({
  row_id: `t-${number}`, question: `Mit welcher Frist kann ich den Tarif Lindau ${number} kündigen?`, context: ['Die Kündigungsfrist im Tarif Lindau beträgt 6 Wochen zum Monatsende.'], reference: 'Die Kündigungsfrist beträgt 6 Wochen zum Monatsende.',
  left: 'Sie können mit einer Frist von 6 Wochen zum Monatsende kündigen.', right: 'Eine Kündigung ist jederzeit möglich.', mark: String(number).padStart(32, '0'),
})

let datasets
let runs
let votes
let told
let looked
let keys
let releases

/** As one run learns, one ended with a gate that holds, and one failed. */
export function resetTraining() {
  datasets = [dataset(NEW), dataset(OLD, { made_at: '2026-11-20T09:00:00Z', passed: false, refusal: `Der Datensatz hat seine Prüfungen nicht bestanden: ${HELD}`, checks: [check('train_rows', '1.700 Datensätze zum Lernen; nötig sind 140.'), check('personal', HELD, { passed: false, value: 3 })] })]
  runs = [
    run(2910, 'sophia-finetune-2026-11-25', 'running', { step: 300 }),
    run(2911, 'sophia-finetune-2026-11-24', 'done', { adapter_sha256: 'b2'.padEnd(64, '0'), ended_at: '2026-11-24T09:22:00Z', created_at: '2026-11-24T08:00:00Z', started_at: '2026-11-24T09:00:00Z', measured: { ...MEASURED, run_hours: 0.37, run_kwh: 0.022, run_eur: 0.0067 } }),
    run(2912, 'sophia-finetune-2026-11-23', 'failed', { step: 0, steps: 0, measured: TOO_MUCH, reason: TOO_MUCH.reasons[0], created_at: '2026-11-23T08:00:00Z', started_at: '2026-11-23T08:01:00Z', ended_at: '2026-11-23T08:02:00Z' }),
  ]
  votes = new Map()
  told = new Map([[runs[1].run_id, { told: TOLD, passed: false, at: '2026-11-24T09:30:00Z' }]])
  looked = new Map()
  keys = []
  releases = []
}
resetTraining()

/** As one run was promoted some days ago and serves. */
export function mockServing() {
  releases = [release('sophia-finetune-2026-11-20')]
}

/** As one run serves and the next is tried beside it: by a share of the people, or in the shadow (0). */
export function mockTrial(share = 0.1) {
  const one = runs[1]
  releases = [{ ...release(one.name), state: 'trial', share, live_at: null, trial_at: '2026-11-25T06:00:00Z' }, release('sophia-finetune-2026-11-20')]
  keys = [who(2972, 'yes', ''), who(2973, 'yes', '')]
  told.set(one.run_id, { told: { ...TOLD, gates: TOLD.gates.map((each) => ({ ...each, passed: true })), passed: true }, passed: true, at: '2026-11-24T09:30:00Z' })
}

const release = (name, before = null) => ({ name, state: 'live', before, share: 0, trial_at: null, digest: 'b2'.padEnd(64, '0'), gate: null, created_at: '2026-11-20T08:00:00Z', live_at: '2026-11-21T08:00:00Z', left_at: null })
const JUDGED = id(2980)
function standing(name) {
  const one = releases.find((each) => each.name === name)
  const ours = found({ train_run: name })
  const passed = told.get(ours?.run_id)?.passed
  const no = keys.some(({ says }) => says === 'no')
  const held = [...(passed ? [] : ['Schlechter als die Basis auf einem Thema: Kündigung (52 % statt 81 % der Fakten).']), ...(no ? ['Eine Person hat die Freigabe abgelehnt; erst ein neues Urteil kann freigegeben werden.'] : [])]
  return { run: name, state: one?.state ?? 'candidate', evaluation_id: JUDGED, keys, held, needed: 2 }
}
const side = (value, n, low, high) => ({ value, n, low, high, few: false })
const NOBODY = { value: null, n: 0, low: null, high: null, few: false }
const pair = (name, title, mine, theirs, verdict, unit = '%', holds = true) => ({ name, title, unit, trial: mine, beside: theirs, verdict, holds })
const CANARY = [
  pair('groundedness', 'Belegtreue', side(0.914, 212, 0.892, 0.936), side(0.861, 1904, 0.852, 0.87), 'better'),
  pair('valid_citations', 'Gültige Zitate', side(0.997, 340, 0.984, 1), side(0.998, 3120, 0.996, 0.999), 'unclear'),
  pair('cited_share', 'Zitatabdeckung', side(0.958, 212, 0.921, 0.978), side(0.951, 1904, 0.94, 0.96), 'unclear'),
  pair('useful_share', 'Hilfreich', side(0.83, 41, 0.687, 0.915), side(0.79, 380, 0.746, 0.828), 'unclear'),
  pair('negative_share', 'Verärgert', { ...NOBODY, few: true }, side(0.12, 96, 0.069, 0.2), 'few'),
  pair('refused_share', 'Ohne Antwort', side(0.021, 95, 0.006, 0.074), side(0.027, 860, 0.018, 0.04), 'unclear'),
  pair('fell_back_share', 'Rückfall', side(0.032, 95, 0.011, 0.09), side(0.04, 860, 0.029, 0.055), 'unclear'),
  pair('latency_p50_ms', 'Antwortzeit, Mitte', side(2900, 95, 2600, 3300), side(2100, 860, 2000, 2200), 'worse', 'ms', false),
]
const SHADOW = [
  pair('proven', 'Ganz belegt', side(0.71, 240, 0.65, 0.763), side(0.9, 240, 0.855, 0.932), 'worse'),
  pair('fell_back_share', 'Rückfall', side(0.05, 240, 0.029, 0.085), NOBODY, 'few'),
  pair('write_ms', 'Zeit zum Schreiben', side(3400, 240, 3200, 3600), side(12, 240, 11, 13), 'worse', 'ms', false),
]
function trialOf() {
  const one = releases.find(({ state }) => state === 'trial')
  if (!one) return null
  const figures = one.share ? CANARY : SHADOW
  return { name: one.name, kind: one.share ? 'canary' : 'shadow', share: one.share, since: one.trial_at, beside: releases.find(({ state }) => state === 'live')?.name ?? '', figures, verdict: one.share ? 'better' : 'worse' }
}
const serving = () => ok({ live: releases.find(({ state }) => state === 'live')?.name ?? '', note: '', trial: trialOf(), releases, steps: [] })
/** Both keys are turned: on trial, or live. */
function serve(name, share) {
  const others = releases.filter((one) => one.name !== name).map((one) => (share === 1 && one.state === 'live' ? { ...one, state: 'former' } : one))
  const before = share === 1 ? (releases.find(({ state }) => state === 'live')?.name ?? null) : null
  releases = [{ ...release(name, before), state: share === 1 ? 'live' : 'trial', share: share === 1 ? 0 : share, trial_at: '2026-11-25T06:00:00Z' }, ...others]
}
const who = (number, says, reason) => ({ turned_by: `engineer:${id(number)}`, says, reason, adapter_sha256: 'b2'.padEnd(64, '0'), at: '2026-11-25T11:00:00Z' })

/** As nothing had been made or begun. */
export function mockUntrained() {
  datasets = []
  runs = []
}

/** As one key is turned. */
export function mockOneKey() {
  mockTrial()
  releases = []
  keys = [who(2972, 'yes', '')]
}

/** Only what was made and may not be learned from. */
export function mockHeld() {
  datasets = [{ ...datasets[1], version: NEW }]
}

const found = ({ train_run: name }) => runs.find((one) => one.name === name || one.run_id === name)
const missing = () => fault(404, 'not_found', 'Diesen Lauf gibt es nicht.')

function change(name, more) {
  runs = runs.map((one) => (one.name === name ? { ...one, ...more } : one))
  return ok(found({ train_run: name }))
}

/** A job at work at the first look, done at the second. */
function jobOf(number, more) {
  const looks = (looked.get(number) ?? 0) + 1
  looked.set(number, looks)
  const state = looks > 1 ? 'done' : 'running'
  return ok({ job_id: number, kind: 'seed', state, stage: 'messen', progress: 0, total: 0, title: '', error: null, error_code: null, result: {}, item_id: null, attempts: 1, cancel_requested: false, created_at: '2026-11-25T08:00:00Z', started_at: '2026-11-25T08:00:00Z', ended_at: null, ...(state === 'done' ? more : {}) })
}

const OF = 3
function panel(name) {
  const done = votes.size
  const raters = done > 0 ? [{ rater: `reviewer:${id(2971)}`, done, finished: done >= OF, trainer: false, won: done >= OF ? { cand: 2, base: 1 } : null }] : []
  return { run: name, pairs: OF, raters, enough: false, missing: done >= OF ? 1 : 2, overdue: false, due_at: '2026-12-01T09:00:00Z', kappa: null, agreement: null, told: done >= OF }
}

export const trainingHandlers = [
  http.get(`${base}/admin/tickets`, ({ request }) => (new URL(request.url).searchParams.get('kind') === 'training' ? ok({ tickets: [TICKET, { ...TICKET, ticket_id: id(2961), number: 9, state: 'done', state_text: 'erledigt', title: 'Training prüfen: erledigt' }], counts: { open: 1, done: 1 }, total: 2 }) : undefined)),
  http.get(`${base}/jobs/${MAKE}`, () => jobOf(MAKE, { result: { version: NEW } })),
  http.get(`${base}/jobs/${MEASURE}`, () => jobOf(MEASURE, { result: MEASURED })),
  http.get(`${base}/training/corpora`, () => ok({ corpora: CORPORA })),
  http.get(`${base}/training/datasets`, () => ok({ datasets })),
  http.post(`${base}/training/datasets`, () => {
    datasets = [dataset('9999aaaa9999'.padEnd(64, '0'), { made_at: '2026-11-25T10:00:00Z' }), ...datasets]
    return ok({ job_id: MAKE })
  }),
  http.post(`${base}/training/preflight`, () => {
    looked.delete(MEASURE)
    return ok({ job_id: MEASURE })
  }),
  http.get(`${base}/training/runs`, () => ok({ runs })),
  http.post(`${base}/training/runs`, async ({ request }) => {
    const { config, version } = await request.json()
    if (config.includes('unfug')) return fault(422, 'invalid_input', 'lora.yaml: „unfug“ ist keine Angabe.')
    const fresh = run(2913, 'sophia-finetune-2026-11-25-2', 'waiting', { version, step: 0, steps: 0, measured: {}, started_at: null })
    runs = [fresh, ...runs]
    return ok({ run: fresh, job_id: id(2902) })
  }),
  http.get(`${base}/training/runs/:train_run`, ({ params }) => {
    const one = found(params)
    return one ? ok({ run: one, points: curve(one.step), evaluation: told.get(one.run_id) ?? null }) : missing()
  }),
  http.post(`${base}/training/runs/:train_run/pause`, ({ params }) => change(params.train_run, { wanted: 'pause' })),
  http.post(`${base}/training/runs/:train_run/resume`, ({ params }) => change(params.train_run, { wanted: 'run', state: 'waiting' })),
  http.post(`${base}/training/runs/:train_run/cancel`, ({ params }) => change(params.train_run, { wanted: 'cancel' })),
  http.get(`${base}/training/runs/:train_run/review/next`, ({ params }) => {
    if (!found(params)) return missing()
    const next = [1, 2, 3].find((number) => !votes.has(`t-${number}`))
    return ok({ pair: next ? pairOf(next) : null, done: votes.size, of: OF })
  }),
  http.get(`${base}/training/runs/:train_run/review`, ({ params }) => ok(found(params)?.state === 'done' ? panel(params.train_run) : { ...panel(params.train_run), pairs: 0 })),
  http.post(`${base}/training/runs/:train_run/review`, async ({ request }) => {
    const { row_id: row, choice } = await request.json()
    votes.set(row, choice)
    return ok({ done: votes.size, of: OF })
  }),
  http.post(`${base}/training/runs/:train_run/evaluation`, ({ params }) => {
    const one = found(params)
    const gates = TOLD.gates.map((each) => ({ ...each, passed: true }))
    told.set(one.run_id, { told: { ...TOLD, gates, passed: true }, passed: true, at: '2026-11-25T10:00:00Z' })
    return ok({ run: one.name, run_id: one.run_id, passed: true, gates, worst: TOLD.worst, regression: TOLD.regression, tickets: [], told: TOLD })
  }),
  http.get(`${base}/training/runs/:train_run/keys`, ({ params }) => ok(standing(params.train_run))),
  http.post(`${base}/training/runs/:train_run/keys`, async ({ request, params }) => {
    const { says, reason, share } = await request.json()
    if (keys.some(({ turned_by: by }) => by === `engineer:${id(2970)}`)) return fault(409, 'conflict', 'Sie haben zu dieser Bewertung schon etwas gesagt; freigeben muss eine zweite Person.')
    keys = [...keys, who(2970, says, reason)]
    if (keys.filter((key) => key.says === 'yes').length === 2) serve(params.train_run, share)
    return ok(standing(params.train_run))
  }),
  http.get(`${base}/training/serving`, () => serving()),
  http.post(`${base}/training/serving/trial`, async ({ request }) => {
    const { run: name, share } = await request.json()
    serve(name, share)
    return serving()
  }),
  http.post(`${base}/training/serving/trial/end`, () => {
    releases = releases.map((one) => (one.state === 'trial' ? { ...one, state: 'candidate', share: 0 } : one))
    return serving()
  }),
  http.post(`${base}/training/serving/champion`, async ({ request }) => {
    const { run: name } = await request.json()
    serve(name, 1)
    return serving()
  }),
  http.post(`${base}/training/serving/back`, () => {
    releases = releases.map((one) => ({ ...one, state: 'withdrawn', left_at: '2026-11-25T11:00:00Z' }))
    return serving()
  }),
  http.post(`${base}/training/runs/:train_run/card`, ({ params }) => ok({ run: params.train_run, run_id: id(2911), passed: false, refused: [], place: 'models/x/card.md', text: '# Modellkarte\n' })),
]
