/** The state of the page as it stands in the address. */

export const PARTS = ['ablauf', 'weggelassen', 'fassungen', 'herkunft'] as const
export type Part = (typeof PARTS)[number]

export interface SeedingSearch {
  /** The pipeline that is open; none: all of them. */
  pipeline?: string
  teil?: Part
  /** The run that is shown; none: the latest. */
  lauf?: string
  /** The step whose removals are shown. */
  schritt?: string
  /** Which record's origin is asked for, and in which version. */
  satz?: string
  fassung?: string
  /** Which record of a source is followed. */
  quelle?: string
  schluessel?: string
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ANY = /^[^\p{Cc}]{1,300}$/u

function matching(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && pattern.test(text) ? text : undefined
}

export function readSeedingSearch(raw: Record<string, unknown>): SeedingSearch {
  const search = {
    pipeline: matching(raw.pipeline, /^[a-z][a-z0-9-]{1,39}$/),
    teil: PARTS.find((part) => part === raw.teil),
    lauf: matching(raw.lauf, ID),
    schritt: matching(raw.schritt, /^[a-z_]{1,40}$/),
    satz: matching(raw.satz, ANY),
    fassung: matching(raw.fassung, /^[0-9a-f]{4,64}$/),
    quelle: matching(raw.quelle, ANY),
    schluessel: matching(raw.schluessel, ANY),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as SeedingSearch
}

/** Changes what is named; undefined takes it out of the address. */
export type OnSearch = (next: { [key in keyof SeedingSearch]: SeedingSearch[key] | undefined }) => void

/** Another pipeline, or all of them: nothing of the one before stays in the address. */
export const AFRESH = { pipeline: undefined, teil: undefined, lauf: undefined, schritt: undefined, satz: undefined, fassung: undefined, quelle: undefined, schluessel: undefined }
