// Ways in, invitations and people, answered from memory.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value, status = 200) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' }, { status })
const fault = (status, code, message, more = {}) => HttpResponse.json({ status: 'error', message, data: { code, ...more }, trace_id: 'mock-trace-3' }, { status })
const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString()

const SESSION = { role: 'employee', title: 'Mitarbeit', user: 'mia', may: ['use', 'company', 'serve'], csrf: 'mock' }
const INVITED = { user: 'mia', name: 'Mia Berg', role: 'employee', role_title: 'Mitarbeit', purpose: 'join', expires_at: day(7), two_factors: false }
const FACTOR = { step: 'factor-step', secret: 'JBSWY3DPEHPK3PXP', address: 'otpauth://totp/Nova:olga?secret=JBSWY3DPEHPK3PXP', code: ['0000', '0110', '0101', '0000'] }
export const CODES = ['aaaa-1111', 'bbbb-2222']

const person = (number, user, more = {}) => ({
  user_id: id(number), user, name: '', role: 'employee', state: 'active', password: true, factor: false, passkeys: 0, sso: false, made_at: day(-30), left_at: null, invited_until: null, seen_at: day(-1), ...more,
})
const PEOPLE = [
  person(1, 'anna', { name: 'Anna Schneider', role: 'reviewer', passkeys: 1 }),
  person(2, 'ben', { state: 'invited', password: false, invited_until: day(5), seen_at: null }),
  person(3, 'carla', { state: 'left', left_at: day(-3) }),
]

const ROLES = {
  roles: [
    { role: 'customer', title: 'Kundschaft', who: 'Wer beliefert wird.', may: ['use'] },
    { role: 'employee', title: 'Mitarbeit', who: 'Wer im Haus Fragen hat.', may: ['company', 'use'] },
    { role: 'reviewer', title: 'Redaktion', who: 'Wer Antworten durchsieht.', may: ['company', 'review', 'use'] },
    { role: 'engineer', title: 'Datentechnik', who: 'Wer sich um Daten kümmert.', may: ['company', 'data', 'use'] },
    { role: 'auditor', title: 'Revision', who: 'Wer nachprüft.', may: ['company', 'examine', 'use'] },
    { role: 'admin', title: 'Betriebsverwaltung', who: 'Wer Nova betreibt.', may: ['company', 'data', 'examine', 'people', 'review', 'use'] },
  ],
  capabilities: [
    { capability: 'use', text: 'Luna fragen' },
    { capability: 'company', text: 'Zähler der Firma sehen' },
    { capability: 'review', text: 'Antworten durchsehen' },
    { capability: 'data', text: 'Daten aufnehmen' },
    { capability: 'examine', text: 'Protokoll prüfen' },
    { capability: 'people', text: 'Personen einladen' },
  ],
}

export const OPERATOR_WAITS = {
  approval_id: id(41), action: 'person.operator', title: 'Zur Betriebsverwaltung machen', target: id(1), args: { user_id: id(1) }, state: 'waiting', asked_by: 'admin:04b312e8-0000', asker: 'Olga Brandt', asked_at: day(-1),
  decided_by: null, decider: null, decided_at: null, told: '', person: 'Anna Schneider', expires_at: day(13), mine: false,
}

const OWN = { user: 'mia', name: 'Mia Berg', password: true, factor: false, codes_left: 0, passkeys: [{ passkey_id: id(11), name: 'Telefon', made_at: day(-9), used_at: day(-1) }], fresh: true, two_factors: false }

export const accountHandlers = [
  http.get(`${base}/sign-in`, () => ok({ company: 'Stadtwerke Musterstadt', passwords: true, passkeys: false, sso: null })),
  http.post(`${base}/sign-in/password`, async ({ request }) => {
    const { user, password } = await request.json()
    if (password === 'falsch') return fault(401, 'not_signed_in', 'Name oder Passwort stimmen nicht.')
    if (password === 'zu oft') return fault(429, 'rate_limited', 'Zu viele falsche Versuche. Bitte warten Sie 90 s.', { retry_after: 90 })
    return ok(user === 'olga' ? { session: null, step: 'code-step' } : { session: SESSION, step: null })
  }),
  http.post(`${base}/sign-in/code`, async ({ request }) => ((await request.json()).code === '123456' ? ok({ session: { ...SESSION, user: 'olga' }, step: null }) : fault(401, 'not_signed_in', 'Dieser Code stimmt nicht oder wurde schon benutzt.'))),
  http.post(`${base}/invitations/look`, async ({ request }) => ((await request.json()).secret === 'alt' ? fault(404, 'not_found', 'Dieser Link gilt nicht mehr: schon benutzt, abgelaufen oder ersetzt.') : ok(INVITED))),
  http.post(`${base}/invitations/password`, async ({ request }) => ((await request.json()).password === 'aaaaaaaaaaaa' ? fault(400, 'validation', 'Dieses Passwort ist leicht zu erraten.', { field: 'password' }) : ok({ session: null, factor: FACTOR, codes: [] }))),
  http.post(`${base}/invitations/code`, () => ok({ session: SESSION, factor: null, codes: CODES })),
  http.get(`${base}/me/account`, () => ok(OWN)),
  http.put(`${base}/me/account/password`, () => ok({ ended: 1 })),
  http.delete(`${base}/me/account/passkeys/:id`, () => ok({ deleted: true })),
  http.post(`${base}/me/account/factor`, () => ok(FACTOR)),
  http.put(`${base}/me/account/factor`, () => ok({ codes: CODES })),
  http.get(`${base}/me/sessions`, () =>
    ok({
      sessions: [
        { session_id: id(21), way: 'password', device: 'Firefox auf Linux', created_at: day(-1), seen_at: day(0), expires_at: day(1), here: true },
        { session_id: id(22), way: 'passkey', device: 'Safari auf iPhone', created_at: day(-3), seen_at: day(-2), expires_at: day(1), here: false },
      ],
    }),
  ),
  http.delete(`${base}/me/sessions`, () => ok({ ended: 1 })),
  http.delete(`${base}/me/sessions/:id`, () => ok({ ended: 1 })),
  http.get(`${base}/me/tokens`, () => ok({ tokens: [{ token_id: id(31), label: 'Abrechnung', scopes: ['use'], created_at: day(-4), expires_at: day(80), seen_at: null }] })),
  http.post(`${base}/me/tokens`, async ({ request }) => ok({ token: 'eyJ.mock.token', token_id: id(32), expires_at: day((await request.json()).days), role: 'employee', changed: false }, 201)),
  http.delete(`${base}/me/tokens/:id`, () => ok({ revoked: true })),
  http.get(`${base}/me/notices`, () => ok({ key_uses: [] })),
  http.post(`${base}/me/notices`, () => ok({ key_uses: [] })),
  http.get(`${base}/roles`, () => ok(ROLES)),
  http.get(`${base}/admin/people`, ({ request }) => {
    const params = new URL(request.url).searchParams
    const found = PEOPLE.filter((one) => one.user.includes(params.get('text') ?? '') && (!params.get('state') || one.state === params.get('state')) && (!params.get('role') || one.role === params.get('role')))
    return ok({ people: found, total: found.length })
  }),
  http.post(`${base}/admin/people`, () => ok({ user_id: id(4), path: '/einladung#geheim', purpose: 'join', expires_at: day(7) }, 201)),
  http.post(`${base}/admin/people/import`, ({ request }) => {
    const trial = new URL(request.url).searchParams.get('dry_run') !== 'false'
    return ok({ dry_run: trial, rows: [{ line: 2, user: 'neu', done: 'invited', path: trial ? null : '/einladung#neu' }, { line: 3, user: 'carla', done: 'left', path: null }] })
  }),
  http.get(`${base}/admin/approvals`, () => ok({ approvals: [OPERATOR_WAITS], total: 1, wanted: ['person.operator'] })),
  http.patch(`${base}/admin/people/:id`, () => ok({ changed: true })),
  http.post(`${base}/admin/people/:id/invitation`, () => ok({ user_id: id(2), path: '/einladung#neu', purpose: 'join', expires_at: day(7) }, 201)),
  http.delete(`${base}/admin/people/:id/sessions`, () => ok({ ended: 2 })),
]
