// The API's paths answered from memory; used by the mock server and by the unit tests.
import { delay, http, HttpResponse } from 'msw'
import { accountHandlers } from './accounts.mjs'
import { adviceHandlers } from './advice.mjs'
import * as data from './data.mjs'
import { energyHandlers } from './energy.mjs'
import { handoverHandlers } from './handovers.mjs'
import { learningHandlers } from './learning.mjs'
import { marketHandlers } from './market.mjs'
import { peopleHandlers } from './people.mjs'
import { qualityHandlers } from './quality.mjs'
import { seedingHandlers } from './seeding.mjs'
import { sourceHandlers } from './sources.mjs'
import { trainingHandlers } from './training.mjs'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message, more = {}) => HttpResponse.json({ status: 'error', message, data: { code, ...more }, trace_id: 'mock-trace-1' }, { status })

const OPERATOR = { role: 'admin', title: 'Betriebsverwaltung', user: null, may: ['use', 'company', 'serve', 'review', 'measure', 'data', 'operate', 'examine', 'learned', 'learn', 'promote', 'library', 'rights', 'people', 'configure'], csrf: 'mock' }
const CUSTOMER = { role: 'customer', title: 'Kundschaft', user: 'anna', may: ['use'], csrf: 'mock' }
let session = OPERATOR
export function setSession(value) {
  session = value
}

function list({ request }) {
  const params = new URL(request.url).searchParams
  const text = (params.get('query') ?? '').toLowerCase()
  const offset = Number(params.get('offset') ?? 0)
  const limit = Number(params.get('limit') ?? 50)
  const found = data.items.filter(
    (item) =>
      item.title.toLowerCase().includes(text) &&
      (!params.get('kind') || item.kind === params.get('kind')) &&
      (!params.get('status') || item.status === params.get('status')) &&
      (!params.get('tag') || item.tags.includes(params.get('tag'))),
  )
  const facets = { kinds: { document: 25, regulation: 25, note: 24 }, tags: { Netz: 19, Vertrag: 19, Lastgang: 19 }, statuses: { ready: 72, running: 1, failed: 1 } }
  return ok({ items: found.slice(offset, offset + limit), total: found.length, facets })
}

function detail({ params }) {
  const item = data.items.find((entry) => entry.item_id === params.id)
  if (!item) return fault(404, 'not_found', 'Dieses Dokument gibt es nicht.')
  return ok({
    ...item,
    versions: [{ version: 1, valid_from: item.created_at, valid_to: null, chars: 51_234, pages: 12, media_type: 'application/pdf', filename: item.filename, state: 'ready', bytes: item.bytes }],
  })
}

async function ask({ request }) {
  const { question, stream } = await request.json()
  const final = /urlaub|wetter/i.test(question) ? data.refusal : data.answer
  if (!stream) return ok(final)
  const encoder = new TextEncoder()
  const event = (name, value) => encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`)
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(event('status', { stage: 'searching' }))
      await delay(300)
      controller.enqueue(event('passages', { passages: [{ ...data.citation, text: data.QUOTE }] }))
      controller.enqueue(event('status', { stage: 'reading' }))
      await delay(300)
      for (const sentence of final.sentences) {
        controller.enqueue(event('sentence', { ...sentence, new_citations: final.citations.filter((entry) => sentence.citations.includes(entry.number)), new_facts: [] }))
        await delay(300)
      }
      controller.enqueue(event('final', final))
      controller.close()
    },
  })
  return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
}

function sourceText({ request, params }) {
  const query = new URL(request.url).searchParams
  const start = Math.max(0, Number(query.get('start') ?? 0))
  const end = Math.min(data.text.length, Number(query.get('end') ?? data.text.length))
  return ok({ item_id: params.id, version: 1, title: 'Energiewirtschaftsgesetz', text: data.text.slice(start, end), start, end, total: data.text.length, pages: [], sections: data.sections })
}

export const handlers = [
  ...accountHandlers,
  ...adviceHandlers,
  ...marketHandlers,
  ...handoverHandlers,
  ...learningHandlers,
  ...peopleHandlers,
  ...trainingHandlers,
  ...qualityHandlers,
  ...seedingHandlers,
  ...sourceHandlers,
  ...energyHandlers,
  http.get(`${base}/system/info`, () => ok(data.info)),
  http.get(`${base}/session`, () => (session ? ok(session) : fault(401, 'not_signed_in', 'Bitte melden Sie sich an.'))),
  http.post(`${base}/session`, async ({ request }) => {
    const { key } = await request.json()
    if (key === 'falsch') return fault(401, 'not_signed_in', 'Unbekannter Schlüssel.')
    session = key === 'kunde' ? CUSTOMER : OPERATOR
    return ok(session)
  }),
  http.delete(`${base}/session`, () => {
    session = null
    return ok({ signed_out: true })
  }),
  http.get(`${base}/rag/starters`, () =>
    ok({ questions: ['Was ist eine steuerbare Verbrauchseinrichtung?', 'Wann ist ein Netzentgelt zu reduzieren?', 'Wer muss ein intelligentes Messsystem dulden?', 'Was regelt § 14a EnWG?'] }),
  ),
  http.post(`${base}/rag/ask`, ask),
  http.get(`${base}/offers`, () => ok({ offers: [{ supplier: 'Fernstrom', plz: '10115', base_eur: 11.9, ct_kwh: 29.4, valid_from: '2026-01-01' }] })),
  http.get(`${base}/customers/at-risk`, () => ok({ customers: [{ customer_no: 'K-1044', chance: 0.41, tariff: 'Flex', months_left: 1, price_change: 0.12, contacts_90d: 4 }, { customer_no: 'K-2210', chance: 0.33, tariff: 'Grund', months_left: 2, price_change: null, contacts_90d: 0 }] })),
  http.get(`${base}/customers/groups`, () => ok({ groups: [{ group: '0', n: 812, means: { kwh: 2400, night_share: 0.21, peak_kw: 3.4, pv: 0, ev: 0.02 } }, { group: '1', n: 97, means: { kwh: 5200, night_share: 0.44, peak_kw: 8.9, pv: 0.9, ev: 0.7 } }] })),
  http.get(`${base}/admin/staffing`, () => ok({ contacts: ['2026-11-26', '2026-11-27'].flatMap((day) => [{ day, channel: 'Telefon', topic: 'Störung', expected: 42, usual: 30 }, { day, channel: 'Mail', topic: 'Rechnung', expected: 18, usual: 19 }]) })),
  http.get(`${base}/admin/unusual`, () => ok({ hours: [{ kpi: 'answers', title: 'Antworten', kind: 'count', unit: 'Antworten', digits: 0, starts: '2026-11-25T14:00:00Z', value: 120, low: 4, high: 60 }] })),
  http.get(`${base}/admin/trends`, () => ok({ trends: [{ term: 'foerder', deviations: 4.2, people: 3.1 }] })),
  http.get(`${base}/admin/proposals`, () => ok({ proposals: [{ key: 'https://example.org/foerderung', source: 'https://example.org/foerderung', day: '2026-11-20', licence: 'CC BY 4.0', text: 'Förderung von Ladesäulen: Wer eine Wallbox kauft …' }], total: 1 })),
  http.post(`${base}/navigation`, async ({ request }) => {
    const { visits, question } = await request.json()
    return ok({ tiles: ['/fragen', '/markt', '/energie'], next: visits.length > 0 ? ['/markt', '/empfehlungen'] : [], page: /preis/i.test(question ?? '') ? { route: '/markt', chance: 0.9 } : null })
  }),
  http.post(`${base}/recommend`, () => ok(data.suggestions)),
  http.get(`${base}/rag/answers`, () =>
    ok({ answers: [{ answer_id: data.answer.answer_id, ts: new Date().toISOString(), question: 'Was ist steuerbar?', status: 'answered', answer: data.answer.answer }], next_before: null }),
  ),
  http.get(`${base}/rag/answers/:id`, () => ok({ ...data.answer, question: 'Was ist steuerbar?', ts: new Date().toISOString() })),
  http.delete(`${base}/rag/answers/:id`, () => ok({ deleted: true })),
  http.post(`${base}/feedback/rag`, () => ok({ saved: true })),
  http.post(`${base}/events`, () => ok({ saved: true })),
  http.get(`${base}/items`, list),
  http.get(`${base}/admin/items`, list),
  http.get(`${base}/admin/items/:id`, detail),
  http.get(`${base}/items/:id`, detail),
  http.get(`${base}/admin/items/:id/chunks`, ({ params }) =>
    ok({ chunks: [{ chunk_id: data.citation.chunk_id, idx: 0, section: '§ 14a', path: ['Energiewirtschaftsgesetz', '§ 14a'], page: 1, start: 0, end: 200, text: data.QUOTE, item_id: params.id }], total: 1 }),
  ),
  http.get(`${base}/items/:id/versions/:version/text`, sourceText),
  http.post(`${base}/admin/items/bulk`, async ({ request }) => ok({ done: (await request.json()).item_ids.length, failed: [], job_id: null })),
  http.post(`${base}/ingest/doc`, () => ok({ item_id: data.ids.guide, chunks: null, sha256: 'x', job_id: data.jobs[0].job_id, version: 1, status: 'queued' }, 202)),
  http.get(`${base}/jobs`, () => ok({ jobs: data.jobs })),
  http.get(`${base}/jobs/:id`, ({ params }) => ok(data.jobs.find((job) => job.job_id === params.id) ?? data.jobs[0])),
  http.get(`${base}/admin/health`, () => ok(data.health)),
  http.get(`${base}/metrics/overview`, () => ok(data.overview)),
  http.get(`${base}/metrics/ingest`, () => ok(data.ingest)),
  http.get(`${base}/help/context`, () => ok(data.help)),
  http.get(`${base}/admin/keys`, () => ok({ tokens: [{ token_id: 't', user: 'anna', label: 'Netzplanung', role: 'customer', created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 8e9).toISOString(), revoked_at: null }] })),
  http.post(`${base}/admin/keys`, async ({ request }) => {
    const { role } = await request.json()
    return ok({ token: 'eyJhbGciOiJIUzI1NiJ9.mock.mock', token_id: 't2', expires_at: new Date(Date.now() + 8e9).toISOString(), role: role ?? 'customer', changed: role !== null })
  }),
  http.get(`${base}/admin/settings`, () =>
    ok({ settings: [{ name: 'NOVA_DATA', value: '~/.local/share/nova', source: 'default', secret: false, description: 'Datenordner' }, { name: 'ADMIN_API_KEY', value: '••••', source: 'file', secret: true, description: 'Verwaltungsschlüssel' }] }),
  ),
  http.get(`${base}/admin/vocabulary`, () => ok({ entries: 2, version: '0123456789ab', path: 'config/knowledge/wortschatz.yaml', text: 'begriffe:\n  wallbox: [steuerbare Verbrauchseinrichtung, Ladepunkt]\n' })),
  http.get(`${base}/admin/audit`, () => ok({ entries: [{ seq: 3, ts: new Date().toISOString(), actor: 'admin', action: 'item.delete', target: data.ids.guide, facts: { chunks: 12 } }] })),
]
