/** Words of the page of people. */

import type { AccountState, Person, PersonRow } from '@/api/types'
import { formatAgo, formatDay, formatTime } from '@/lib/format'
import type { Word } from '@/lib/words'

const STATES: Record<AccountState, Word> = {
  invited: { label: 'eingeladen', shade: 'warn' },
  active: { label: 'aktiv', shade: 'ok' },
  left: { label: 'ausgeschieden', shade: 'neutral' },
}

export function stateWord(state: AccountState): Word {
  return STATES[state]
}

/** By what somebody comes in: "Passwort, zweiter Faktor, 2 Passkeys". */
export function waysText({ password, factor, passkeys, sso }: Pick<Person, 'password' | 'factor' | 'passkeys' | 'sso'>): string {
  const ways = [password ? 'Passwort' : '', factor ? 'zweiter Faktor' : '', passkeys === 1 ? 'Passkey' : passkeys > 1 ? `${passkeys} Passkeys` : '', sso ? 'Firmenanmeldung' : '']
  return ways.filter(Boolean).join(', ') || 'noch kein Weg hinein'
}

/** How somebody stands, in one line. */
export function standing(person: Person): string {
  if (person.state === 'left') return `ausgeschieden am ${formatDay(person.left_at)}`
  const link = person.invited_until ? (Date.parse(person.invited_until) < Date.now() ? 'Link abgelaufen' : `Link gilt bis ${formatTime(person.invited_until)}`) : ''
  if (person.state === 'invited') return link || 'eingeladen'
  return [waysText(person), person.seen_at ? `zuletzt ${formatAgo(person.seen_at)}` : 'noch nie hier', link].filter(Boolean).join(' · ')
}

const DONE: Record<PersonRow['done'], Word> = {
  invited: { label: 'wird eingeladen', shade: 'ok' },
  changed: { label: 'wird geändert', shade: 'brand' },
  left: { label: 'scheidet aus', shade: 'bad' },
  back: { label: 'kommt wieder', shade: 'ok' },
  same: { label: 'bleibt', shade: 'neutral' },
}
const WAS_DONE: Record<PersonRow['done'], string> = { invited: 'eingeladen', changed: 'geändert', left: 'ausgeschieden', back: 'wieder da', same: 'unverändert' }

export function doneWord(done: PersonRow['done'], trial: boolean): Word {
  return trial ? DONE[done] : { ...DONE[done], label: WAS_DONE[done] }
}

/** As a cell of a table that a spreadsheet takes for text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The links of an import as CSV. */
export function linksCsv(rows: readonly PersonRow[], origin: string): string {
  return ['user,link', ...rows.filter(({ path }) => path !== null).map(({ user, path }) => `${cell(user)},${cell(origin + path)}`)].join('\r\n') + '\r\n'
}
