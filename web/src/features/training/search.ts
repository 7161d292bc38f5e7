/** The state of the page as it stands in the address. */

export const PARTS = ['laeufe', 'datensatz', 'neu'] as const
export type Part = (typeof PARTS)[number]
export const VIEWS = ['verlauf', 'urteil', 'durchsicht', 'freigabe'] as const
export type View = (typeof VIEWS)[number]

export interface TrainingSearch {
  teil?: Part
  /** The run that is open, by its name; none: all of them. */
  lauf?: string
  sicht?: View
}

/** What a run may be called. */
export const RUN_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/

export function readTrainingSearch(raw: Record<string, unknown>): TrainingSearch {
  const search = {
    teil: PARTS.find((part) => part === raw.teil),
    lauf: typeof raw.lauf === 'string' && RUN_NAME.test(raw.lauf) ? raw.lauf : undefined,
    sicht: VIEWS.find((view) => view === raw.sicht),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as TrainingSearch
}

/** Changes what is named; undefined takes it out of the address. */
export type OnSearch = (next: { [key in keyof TrainingSearch]: TrainingSearch[key] | undefined }) => void
