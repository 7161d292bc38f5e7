/** Assignments of a meter as the API tells them in, rows of a form out, and back. Days are those of Berlin. */

import type { components } from '@/api/schema'

type Told = components['schemas']['AssignmentData']
type Given = components['schemas']['AssignmentGiven']

/** A row of the form: days ('' for none), and the moments they came from, which are kept where a day is not changed. */
export interface AssignmentRow {
  customer: string
  from: string
  to: string
  told?: { from: string; to: string | null }
}

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
const BEGINNING = '2000-01-0'

/** The day in Berlin on which a moment lies; '' for none and for the beginning of all readings. */
export function dayOf(moment: string | null): string {
  return moment === null || moment.startsWith(BEGINNING) ? '' : day.format(new Date(moment))
}

export function rowsOf(told: readonly Told[]): AssignmentRow[] {
  return told.map((one) => ({ customer: one.customer, from: dayOf(one.from), to: dayOf(one.to), told: { from: one.from, to: one.to } }))
}

export function givenOf(rows: readonly AssignmentRow[]): Given[] {
  return rows.map((row) => ({
    customer: row.customer.trim(),
    from: row.told && row.from === dayOf(row.told.from) ? row.told.from : row.from || null,
    to: row.told && row.to === dayOf(row.told.to) ? row.told.to : row.to || null,
  }))
}

/** What is wrong with the rows, by their place; the server has the last word. */
export function faultsOf(rows: readonly AssignmentRow[]): Map<number, string> {
  const faults = new Map<number, string>()
  const order = rows.map((row, at) => ({ row, at })).toSorted((a, b) => a.row.from.localeCompare(b.row.from))
  for (const [place, { row, at }] of order.entries()) {
    const next = order[place + 1]
    if (row.customer.trim() === '') faults.set(at, 'Nennen Sie die Person.')
    else if (row.to && row.from && row.to < row.from) faults.set(at, 'Das Ende liegt vor dem Anfang.')
    else if (next && (row.to === '' || row.to > next.row.from)) faults.set(next.at, 'Diese Zeit überschneidet sich mit einer anderen.')
  }
  return faults
}
