/** The state of the page as it stands in the address. */

export const PARTS = ['gespraeche', 'durchsicht', 'zweitmeinung', 'freigegeben'] as const
export type Part = (typeof PARTS)[number]
export const REASONS = ['thumbs_down', 'ungrounded', 'weak', 'rare', 'sample'] as const
export type ReviewReason = (typeof REASONS)[number]

/** How entries were decided, as the address and the API name them. */
export const DECIDED = { geaendert: 'changed', angenommen: 'accepted', abgelehnt: 'rejected' } as const
export type Verdict = keyof typeof DECIDED
export type DecidedState = (typeof DECIDED)[Verdict]
const VERDICTS = Object.keys(DECIDED) as Verdict[]

export interface TalkSearch {
  teil?: Part
  /** The conversation that is open. */
  gespraech?: string
  /** The words conversations are searched for. */
  suche?: string
  /** The review that is open. */
  eintrag?: string
  /** Where conversations come from, and what for they may be used; all without. */
  quelle?: string
  zweck?: 'analytics' | 'training'
  /** Why reviews were drawn; all without it. */
  grund?: ReviewReason
  /** How what is shown was decided; changed without it. */
  urteil?: Verdict
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function id(value: unknown): string | undefined {
  return typeof value === 'string' && ID.test(value) ? value : undefined
}

export function readTalkSearch(raw: Record<string, unknown>): TalkSearch {
  const search = {
    teil: PARTS.find((part) => part === raw.teil),
    gespraech: id(raw.gespraech),
    suche: typeof raw.suche === 'string' && raw.suche.trim() ? raw.suche.slice(0, 200) : undefined,
    quelle: typeof raw.quelle === 'string' && /^[a-z0-9_-]{1,60}$/.test(raw.quelle) ? raw.quelle : undefined,
    zweck: (['analytics', 'training'] as const).find((purpose) => purpose === raw.zweck),
    eintrag: id(raw.eintrag),
    grund: REASONS.find((reason) => reason === raw.grund),
    urteil: VERDICTS.find((verdict) => verdict === raw.urteil),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as TalkSearch
}

export interface TalksPageProps {
  search: TalkSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: { [key in keyof TalkSearch]: TalkSearch[key] | undefined }) => void
}
