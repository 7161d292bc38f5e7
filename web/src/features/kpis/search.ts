/** The state of the page as it stands in the address. */

export const PARTS = ['kennzahlen', 'alarme', 'schwellen', 'tickets', 'luecken'] as const
export type Part = (typeof PARTS)[number]
export const SPANS = [1, 7, 30, 90] as const
export type Span = (typeof SPANS)[number]

export interface QualitySearch {
  teil?: Part
  /** How many days the figures are of; 7 without it. */
  tage?: Span
  /** The figure that is open, and the part it is looked at in. */
  kennzahl?: string
  ausschnitt?: string
  /** The ticket or gap that is open. */
  ticket?: string
  luecke?: string
  /** Which gaps are shown; the open ones without it. */
  stand?: 'geschlossen' | 'fremd'
  /** Single questions instead of gaps, and the one that is open. */
  fragen?: 'einzeln'
  frage?: string
}

const NAME = /^[a-z][a-z0-9_]{0,59}$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined
}

export function readQualitySearch(raw: Record<string, unknown>): QualitySearch {
  const search = {
    teil: PARTS.find((part) => part === raw.teil),
    tage: SPANS.find((span) => String(span) === String(raw.tage)),
    kennzahl: matching(raw.kennzahl, NAME),
    ausschnitt: matching(raw.ausschnitt, /^[a-z_]+:.{1,180}$/),
    ticket: matching(raw.ticket, ID),
    luecke: matching(raw.luecke, ID),
    stand: (['geschlossen', 'fremd'] as const).find((stand) => stand === raw.stand),
    fragen: raw.fragen === 'einzeln' ? ('einzeln' as const) : undefined,
    frage: matching(raw.frage, ID),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as QualitySearch
}

/** Changes what is named; undefined takes it out of the address. */
export type OnSearch = (next: { [key in keyof QualitySearch]: QualitySearch[key] | undefined }) => void
