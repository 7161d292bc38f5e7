/** What a run's judge said of groups and of shifts in, rows to show out. The API hands it on as it was noted. */

type Counts = Record<string, unknown>

export interface Group {
  name: string
  n: number
  rate: number
  low: number
  high: number
  flagged: boolean
}

export interface Cure {
  how: string
  before: Group[]
  after: Group[]
  leftOut: number
}

export interface Shift {
  column: string
  note: string
  flagged: boolean
}

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const tables = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isTable) : [])
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function groups(value: unknown): Group[] {
  return tables(value).map((one) => ({ name: textOf(one.group), n: numberOf(one.n), rate: numberOf(one.rate), low: numberOf(one.low), high: numberOf(one.high), flagged: one.flagged === true }))
}

/** The groups that a pipeline watches, with how often what happens to them happens. */
export function groupsOf(counts: Counts): Group[] {
  return groups(counts.bias)
}

/** What could be done where a group stands out, each with the rates before and after; nothing of it is done. */
export function curesOf(counts: Counts): Cure[] {
  return tables(counts.mitigation).map((one) => ({ how: textOf(one.how), before: groups(one.before), after: groups(one.after), leftOut: numberOf(one.left_out) }))
}

/** How columns moved against the version that was live, what moved most first. */
export function shiftsOf(counts: Counts): Shift[] {
  return tables(counts.drift).map((one) => ({ column: textOf(one.column), note: textOf(one.note), flagged: one.flagged === true }))
}
