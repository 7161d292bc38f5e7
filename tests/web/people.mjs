// Gives a running Nova people, who agreed, asked and judged, with what follows from it (reviews, figures, alerts, a ticket); and tokens.

const READY_MS = 30_000

async function call(url, headers, method, path, body) {
  const response = await fetch(`${url}/api/v1${path}`, { method, headers: { ...headers, 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return (await response.json()).data
}

export async function tokenFor({ url, key }, user, role = 'customer') {
  return (await call(url, { 'X-Admin-Key': key }, 'POST', '/admin/keys', { user, label: 'Browsertest', days: 1, role })).token
}

/** Waits until `there` finds something. */
async function until(there) {
  const end = Date.now() + READY_MS
  while (Date.now() < end) {
    if (await there()) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('What follows from questions did not come.')
}

/** Two questions of a person who agreed to everything, one of them judged as not helpful. */
async function asks(nova, name) {
  const token = await tokenFor(nova, name)
  const own = (method, path, body) => call(nova.url, { Authorization: `Bearer ${token}` }, method, path, body)
  const { text } = await own('GET', '/me/consent')
  await own('PUT', '/me/consent', { purposes: { service: true, analytics: true, training: true }, version: text.version })
  const question = 'Was ist ein Schnellladepunkt?'
  const { answer_id: judged, answer } = await own('POST', '/rag/ask', { question })
  await own('POST', '/rag/ask', { question: 'Wie melde ich meine Wallbox im Carport an?' })
  await own('POST', '/feedback/rag', { answer_id: judged, question, answer, chunks_used: [], useful: false, reason: 'unvollstaendig' })
}

/** As many people as figures need before they are told to anybody, then what the jobs make of what they asked. */
export async function peopled(nova) {
  const admin = (method, path, body) => call(nova.url, { 'X-Admin-Key': nova.key }, method, path, body)
  for (const name of ['berta', 'carl', 'dora', 'emil', 'frieda']) await asks(nova, name)
  await Promise.all([admin('POST', '/admin/reviews/fill'), admin('POST', '/admin/kpis/measure', {})])
  await until(async () => (await admin('GET', '/admin/reviews?state=open')).total > 0 && (await admin('GET', '/admin/kpis?days=7')).kpis.some(({ n }) => n > 0))
  await admin('POST', '/admin/alerts/run', { dry_run: false })
  await admin('POST', '/admin/tickets', { title: 'Unterlagen zur Wallbox beschaffen', text: '', kind: 'knowledge', owner: 'lumina' })
}

/** Complaints and questions of a customer that lie with whoever serves: overdue, with time, and a plain one. */
export async function handed(nova) {
  const token = await tokenFor(nova, 'berta')
  const own = (method, path, body) => call(nova.url, { Authorization: `Bearer ${token}` }, method, path, body)
  const { answers } = await own('GET', '/rag/answers')
  const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const hands = (more) => own('POST', '/handovers', { answer_id: answers.at(-1).answer_id, agreed: true, ...more })
  await hands({ kind: 'complaint', received_on: daysAgo(40), note: 'Bitte rufen Sie mich an.' })
  await hands({ kind: 'complaint', received_on: daysAgo(16) })
  await hands({})
}
