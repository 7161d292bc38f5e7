/** The state of the page as it stands in the address. */

export const PARTS = ['gelernt', 'prompts', 'protokoll', 'einwilligungen', 'loeschungen'] as const
export type Part = (typeof PARTS)[number]

export interface LearningSearch {
  teil?: Part
  /** The row of the ledger that is open. */
  eintrag?: string
  /** The version of the prompt that is open. */
  prompt?: string
  /** What the audit log is filtered by. */
  vorgang?: string
  wer?: string
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function matching(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && pattern.test(text) ? text : undefined
}

export function readLearningSearch(raw: Record<string, unknown>): LearningSearch {
  const search = {
    teil: PARTS.find((part) => part === raw.teil),
    eintrag: matching(raw.eintrag, ID),
    prompt: matching(raw.prompt, /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/),
    vorgang: matching(raw.vorgang, /^[a-z_.]{1,60}$/),
    wer: matching(raw.wer, /^[^\p{Cc}]{1,60}$/u),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as LearningSearch
}

/** Changes what is named; undefined takes it out of the address. */
export type OnSearch = (next: { [key in keyof LearningSearch]: LearningSearch[key] | undefined }) => void
