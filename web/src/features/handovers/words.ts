/** Words of the page Übergaben, and which steps are open to whom. */

import type { HandedAnswer, Handover, HandoverMove, HandoverState } from '@/api/types'
import { formatDay, plural } from '@/lib/format'
import { worded } from '@/lib/veil'
import type { Word } from '@/lib/words'

const STATES: Record<HandoverState, Word> = {
  open: { label: 'wartet', shade: 'warn' },
  taken: { label: 'übernommen', shade: 'brand' },
  done: { label: 'erledigt', shade: 'ok' },
  withdrawn: { label: 'zurückgenommen', shade: 'neutral' },
  returned: { label: 'zurückgekommen', shade: 'bad' },
}

export function handoverState(state: HandoverState): Word {
  return STATES[state]
}

/** How the server writes a question that nobody agreed to keep. */
const NOT_KEPT = '(nicht gespeichert)'

/** What it is about: the question; of one that was not kept, what its sender wrote beside it. */
export function subjectOf({ question, note }: Pick<Handover, 'question' | 'note'>): string {
  if (question && question !== NOT_KEPT) return worded(question)
  return worded(note.trim().split('\n')[0] ?? '') || 'Ohne gespeicherten Wortlaut'
}

export function isKept({ question }: Pick<HandedAnswer, 'question'>): boolean {
  return question !== NOT_KEPT
}

/** Until when a complaint has to be answered; null where nothing presses. */
export function dueWord({ state, due_on, days_left }: Pick<Handover, 'state' | 'due_on' | 'days_left'>): Word | null {
  if (due_on === null || days_left === null || state === 'done' || state === 'withdrawn') return null
  if (days_left < 0) return { label: `seit ${plural(-days_left, 'Tag', 'Tagen')} überfällig`, shade: 'bad' }
  if (days_left === 0) return { label: 'heute fällig', shade: 'bad' }
  return { label: `noch ${plural(days_left, 'Tag', 'Tage')}`, shade: days_left <= 7 ? 'warn' : 'neutral' }
}

export function recipientOf({ recipient }: Pick<Handover, 'recipient'>, user: string): string {
  return recipient === null ? 'an den Kundenservice' : recipient === user ? 'an Sie' : `an ${recipient}`
}

/** "von anna · an den Kundenservice · übernommen von emma" */
export function wayOf(one: Handover, user: string): string {
  const taker = one.taken_by === null ? '' : `${one.state === 'done' ? 'bearbeitet' : 'übernommen'} von ${one.taken_by === user ? 'Ihnen' : one.taken_by}`
  return [one.mine ? 'von Ihnen' : `von ${one.sender}`, recipientOf(one, user), taker].filter(Boolean).join(' · ')
}

export function complaintText({ received_on, due_on }: Pick<Handover, 'received_on' | 'due_on'>): string {
  return `Eingegangen am ${formatDay(received_on)}. Zu beantworten bis ${formatDay(due_on)} (vier Wochen, § 111a EnWG).`
}

/** Whether it lies with this person: it was handed to them, or to all who serve and nobody else took it. */
function liesWith(one: Handover, user: string): boolean {
  return one.recipient === null ? one.taken_by === null || one.taken_by === user : one.recipient === user || one.taken_by === user
}

/** What this person may do with it now; the API enforces it. */
export function stepsOf(one: Handover, user: string, serves: boolean): HandoverMove[] {
  const lies = serves && liesWith(one, user)
  const steps: HandoverMove[] = []
  if (lies && one.state === 'open') steps.push('taken', 'done')
  if (lies && one.state === 'taken') steps.push('done', 'open')
  if (one.mine && one.state !== 'withdrawn') steps.push('withdrawn')
  return steps
}

const MARK = / ?\[(chunk|data) ([^\]]+)\]/g
const NEXT = /\n\nAls Nächstes könnten Sie fragen: .*$/s

/** The answer with the numbers of its citations in place of the machine's marks. */
export function numbered({ answer, citations }: Pick<HandedAnswer, 'answer' | 'citations'>): string {
  const open = new Map<string, number[]>()
  for (const { chunk_id, number } of citations) open.set(chunk_id, [...(open.get(chunk_id) ?? []), number])
  const text = answer.replace(NEXT, '').replace(MARK, (_, kind: string, id: string) => {
    const numbers = kind === 'chunk' ? (open.get(id) ?? []) : []
    // A passage cited again has one mark each time; its numbers were given in order, and the last one stays.
    const number = numbers.length > 1 ? numbers.shift() : numbers[0]
    return number === undefined ? '' : ` [${number}]`
  })
  return text.trim()
}
