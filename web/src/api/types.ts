/** What the API answers: the shapes of `data` inside the envelope. */

export type Role = 'admin' | 'customer'

export interface Session {
  role: Role
  user: string | null
  csrf: string
}

export interface SystemInfo {
  name: string
  version: string
  build: string
  git_sha: string
  environment: string
  models: { generate: string | null; embed: string | null }
  prompt_version: string
  analyser: string | number | null
  first_run: boolean
  tone: 'luna' | 'sachlich'
  limits: { upload_bytes: number; question_chars: number; top_k: number }
}

export interface Citation {
  number: number
  chunk_id: string
  item_id: string
  version: number
  title: string
  section: string
  page: number | null
  start: number
  end: number
  quote: string
  score: number
  payload?: { title?: string; kind?: string; tags?: string[]; path?: string[]; text?: string }
}

export interface Sentence {
  text: string
  citations: number[]
  checked: boolean
}

export type AnswerStatus = 'answered' | 'partial' | 'refused'

export interface Answer {
  answer_id: string
  answer: string
  status: AnswerStatus
  sentences: Sentence[]
  chunks_used: string[]
  citations: Citation[]
  next_question: string | null
  model: string
  prompt_version: string
  timings_ms: Record<string, number>
  question?: string
  ts?: string
}

export interface FoundPassage {
  chunk_id: string
  item_id: string
  title: string
  section: string
  page: number | null
  score: number
  text: string
}

export interface AnswerSummary {
  answer_id: string
  ts: string
  question: string
  status: AnswerStatus
  answer: string
}

export type ItemStatus = string

export interface Item {
  item_id: string
  title: string
  kind: string
  source: string
  tags: string[]
  status: ItemStatus
  error: string | null
  version: number | null
  chunks: number | null
  bytes: number | null
  url: string | null
  filename: string | null
  owner: string | null
  created_at: string
  updated_at: string
  job_id?: string | null
}

export interface ItemVersion {
  version: number
  valid_from: string | null
  valid_to: string | null
  chars: number | null
  pages: number | null
  media_type: string | null
  filename: string | null
  state: string
  bytes: number | null
}

export interface ItemDetail extends Item {
  versions: ItemVersion[]
}

export interface ItemList {
  items: Item[]
  total: number
  facets: { kinds: Record<string, number>; tags: Record<string, number>; statuses: Record<string, number> }
}

export interface ChunkRow {
  chunk_id: string
  idx: number
  section: string
  path: string[]
  page: number | null
  start: number
  end: number
  text: string
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Job {
  job_id: string
  kind: string
  state: JobState
  stage: string
  progress: number
  total: number
  title: string
  error: string | null
  error_code: string | null
  result: Record<string, unknown>
  item_id: string | null
  attempts: number
  cancel_requested: boolean
  created_at: string
  started_at: string | null
  ended_at: string | null
}

export type ServiceStatus = 'ok' | 'degraded' | 'failed' | 'absent'

export interface Service {
  status: ServiceStatus
  detail: string
  latency_ms: number | null
  engine: string | null
}

export interface Health {
  status: 'ok' | 'degraded' | 'failed'
  services: Record<string, Service>
  versions?: Record<string, unknown>
}

export interface IngestMetrics {
  queued: number
  running: number
  failed: number
  done_24h: number
  chunks_total: number
  bytes_total: number
  pages_total: number
  outbox: number
  last: Job[]
  per_day: { day: string; items: number; chunks: number }[]
}

export interface Overview {
  items: number
  chunks: number
  sections: number
  questions_today: number
  questions_7d: number
  answered_share_7d: number | null
  events_per_day: { day: string; type: string; count: number }[]
  feedback: { useful: number; not_useful: number }
  latency_ms: { p50: number | null; p95: number | null }
}

export interface HelpText {
  route: string
  title: string
  text: string
  steps: string[]
  related_questions: string[]
}

export interface SourceSection {
  label: string
  title: string
  path: string[]
  start: number
  end: number
}

export interface SourceText {
  item_id: string
  version: number
  title: string
  text: string
  start: number
  end: number
  total: number
  pages: { number: number; start: number; end: number }[]
  sections: SourceSection[]
}

export interface PageMarks {
  width: number
  height: number
  boxes: { x: number; y: number; w: number; h: number }[]
}

export interface AccessToken {
  token_id: string
  user: string
  label: string | null
  created_at: string
  expires_at: string
  revoked_at: string | null
}

export interface AuditEntry {
  seq: number
  ts: string
  actor: string
  action: string
  target: string
  facts: Record<string, unknown> | null
}

export interface Setting {
  name: string
  value: unknown
  source: string
  secret: boolean
  description?: string
}

export interface Ingested {
  item_id: string
  chunks: number | null
  sha256: string
  job_id: string
  version: number | null
  status: string
}
