// A small, believable house for development without the backend and for the unit tests.
const day = 86_400_000
const ago = (ms) => new Date(Date.now() - ms).toISOString()

export const ids = { enwg: '11111111-1111-4111-8111-111111111111', guide: '22222222-2222-4222-8222-222222222222' }

const LAW = `# Energiewirtschaftsgesetz

## § 14a Netzorientierte Steuerung von steuerbaren Verbrauchseinrichtungen

(1) Die Bundesnetzagentur kann durch Festlegung bundeseinheitliche Regelungen treffen, nach denen Betreiber von Elektrizitätsverteilernetzen verpflichtet sind, Vereinbarungen über die netzorientierte Steuerung abzuschließen. Als steuerbare Verbrauchseinrichtungen gelten insbesondere Wärmepumpen, nicht öffentlich-zugängliche Ladepunkte für Elektromobile und Stromspeicher.

(2) Bis zur Festlegung haben Betreiber denjenigen Lieferanten und Letztverbrauchern ein reduziertes Netzentgelt zu berechnen.

## § 14b Steuerung von vertraglichen Abschaltvereinbarungen

Soweit und solange es der Vermeidung von Engpässen dient, können Betreiber von Gasverteilernetzen ein reduziertes Netzentgelt berechnen.
`

export const text = LAW
export const QUOTE =
  'Als steuerbare Verbrauchseinrichtungen gelten insbesondere Wärmepumpen, nicht öffentlich-zugängliche Ladepunkte für Elektromobile und Stromspeicher.'
export const sections = [
  { label: '§ 14a', title: 'Netzorientierte Steuerung von steuerbaren Verbrauchseinrichtungen', path: ['Energiewirtschaftsgesetz', '§ 14a'], start: LAW.indexOf('## § 14a'), end: LAW.indexOf('## § 14b') },
  { label: '§ 14b', title: 'Steuerung von vertraglichen Abschaltvereinbarungen', path: ['Energiewirtschaftsgesetz', '§ 14b'], start: LAW.indexOf('## § 14b'), end: LAW.length },
]

const titles = ['Energiewirtschaftsgesetz', 'Leitfaden Lastverschiebung 2026', 'Netzentgelte Preisblatt', 'Messkonzept PV-Anlage Halle 3', 'Protokoll Energieaudit', 'Stromnetzzugangsverordnung']

export const items = Array.from({ length: 74 }, (_, n) => ({
  item_id: n === 0 ? ids.enwg : n === 1 ? ids.guide : `33333333-3333-4333-8333-${String(n).padStart(12, '0')}`,
  title: n < titles.length ? titles[n] : `${titles[n % titles.length]} (${n})`,
  kind: ['regulation', 'document', 'note'][n % 3],
  source: n % 5 === 4 ? 'crawler' : 'upload',
  tags: n % 4 === 0 ? ['Netz'] : n % 4 === 1 ? ['Vertrag', 'Lastgang'] : [],
  status: n === 3 ? 'failed' : n === 4 ? 'running' : 'ready',
  error: n === 3 ? 'Die Datei ist verschlüsselt und lässt sich nicht lesen.' : null,
  version: 1,
  chunks: n === 3 ? 0 : 12 + ((n * 37) % 400),
  bytes: 20_000 + n * 31_007,
  url: null,
  filename: `datei-${n}.pdf`,
  owner: null,
  created_at: ago(n * day * 0.6),
  updated_at: ago(n * day * 0.6),
  job_id: null,
}))

export const citation = {
  number: 1,
  chunk_id: '44444444-4444-4444-8444-444444444444',
  item_id: ids.enwg,
  version: 1,
  title: 'Energiewirtschaftsgesetz',
  section: '§ 14a',
  page: null,
  start: LAW.indexOf(QUOTE),
  end: LAW.indexOf(QUOTE) + QUOTE.length,
  quote: QUOTE,
  score: 0.91,
  payload: { title: 'Energiewirtschaftsgesetz', kind: 'regulation', tags: ['Netz'], path: ['Energiewirtschaftsgesetz', '§ 14a'], text: QUOTE },
}

/** Passages that somebody may like. */
export const suggestions = {
  list_id: '99999999-9999-4999-8999-999999999999',
  items: ['§ 14a', '§ 36', '§ 40', '§ 41', '§ 42'].map((section, row) => ({
    chunk_id: row === 0 ? citation.chunk_id : `44444444-4444-4444-8444-44444444444${row + 4}`,
    score: 0.9 - row / 10,
    payload: { ...citation.payload, item_id: ids.enwg, version: 1, section, page: null, start: citation.start, end: citation.end },
  })),
}

export const answer = {
  answer_id: '55555555-5555-4555-8555-555555555555',
  answer: `${QUOTE} [chunk ${citation.chunk_id}]`,
  status: 'answered',
  sentences: [
    { text: QUOTE, citations: [1], facts: [], checked: true },
    { text: 'Bis zur Festlegung ist Letztverbrauchern ein reduziertes Netzentgelt zu berechnen.', citations: [2], facts: [], checked: true },
  ],
  chunks_used: [citation.chunk_id],
  citations: [citation, { ...citation, number: 2, section: '§ 14a Abs. 2', start: LAW.indexOf('(2) Bis'), end: LAW.indexOf('## § 14b') - 2, quote: 'Bis zur Festlegung haben Betreiber denjenigen Lieferanten und Letztverbrauchern ein reduziertes Netzentgelt zu berechnen.', score: 0.74 }],
  facts: [],
  next_question: null,
  model: '',
  prompt_version: 'luna-1',
  timings_ms: { search: 4.2, total: 11.8 },
}

export const refusal = { ...answer, answer_id: '66666666-6666-4666-8666-666666666666', status: 'refused', answer: '', sentences: [], citations: [], chunks_used: [], next_question: 'Welche Verbrauchseinrichtungen sind steuerbar?' }

const job = (n, state, more = {}) => ({
  job_id: `77777777-7777-4777-8777-${String(n).padStart(12, '0')}`,
  kind: 'ingest',
  state,
  stage: 'speichern',
  progress: 0,
  total: 0,
  title: titles[n % titles.length],
  error: null,
  error_code: null,
  result: {},
  item_id: items[n].item_id,
  attempts: 1,
  cancel_requested: false,
  created_at: ago(n * 400_000 + 30_000),
  started_at: ago(n * 400_000 + 20_000),
  ended_at: state === 'running' || state === 'queued' ? null : ago(n * 400_000),
  ...more,
})

export const jobs = [
  job(1, 'running', { title: 'Index neu aufbauen', stage: 'aufbauen', progress: 1139, total: 4210 }),
  job(2, 'queued', { started_at: null }),
  job(3, 'failed', { error: 'Die Datei ist verschlüsselt und lässt sich nicht lesen.', error_code: 'unreadable_file' }),
  job(4, 'done', { result: { chunks: 63 } }),
  job(5, 'done', { result: { chunks: 154 } }),
]

export const health = {
  status: 'degraded',
  services: {
    api: { status: 'ok', detail: 'antwortet', latency_ms: 0.4, engine: 'embedded' },
    db: { status: 'ok', detail: 'PostgreSQL 18, eingebettet', latency_ms: 1.9, engine: 'embedded' },
    qdrant: { status: 'failed', detail: 'Der Suchindex ist gesperrt; ein zweiter Prozess hält ihn offen.', latency_ms: null, engine: 'embedded' },
    ollama: { status: 'absent', detail: 'Kein Sprachmodell eingerichtet; Antworten werden aus Fundstellen zusammengestellt.', latency_ms: null, engine: null },
    tika: { status: 'ok', detail: 'eingebaut, Tesseract gefunden', latency_ms: 12, engine: 'embedded' },
    minio: { status: 'ok', detail: 'Ordner, 1,2 GB frei', latency_ms: 0.8, engine: 'embedded' },
    jobs: { status: 'degraded', detail: 'Ein Auftrag wartet seit mehr als fünf Minuten.', latency_ms: 2, engine: 'embedded' },
  },
  versions: { nova: '0.1.0', postgres: '18.0' },
  checks: [],
}

export const overview = {
  items: 74,
  chunks: 9876,
  sections: 1432,
  questions_today: 12,
  questions_7d: 93,
  answered_share_7d: 0.87,
  events_per_day: [],
  feedback: { useful: 31, not_useful: 4 },
  latency_ms: { p50: 14.2, p95: 61.5 },
}

export const ingest = {
  queued: 1,
  running: 1,
  failed: 1,
  done_24h: 17,
  chunks_total: 9876,
  bytes_total: 84_123_456,
  pages_total: 1210,
  outbox: 3,
  last: [],
  per_day: Array.from({ length: 14 }, (_, n) => ({ day: ago(n * day).slice(0, 10), items: (n * 7) % 5, chunks: (n * 137) % 700 })),
}

export const info = {
  name: 'Nova',
  version: '0.1.0',
  build: '',
  git_sha: '',
  environment: 'prod',
  models: { generate: '', adapter: '', embed: null },
  prompt_version: 'luna-1',
  analyser: '1',
  first_run: false,
  tone: 'luna',
  limits: { upload_bytes: 52_428_800, question_chars: 2000, top_k: 50 },
}

export const help = {
  route: '/fragen',
  title: 'Fragen stellen',
  text: 'Stellen Sie eine Frage in ganzen Worten. Luna antwortet nur aus Ihren Unterlagen und nennt zu jedem Satz die Fundstelle.',
  steps: ['Frage eingeben und absenden.', 'Auf eine Ziffer zeigen, um die Fundstelle zu sehen.', 'Auf die Ziffer klicken, um sie im Original zu lesen.'],
  related_questions: ['Was ist eine steuerbare Verbrauchseinrichtung?'],
}
