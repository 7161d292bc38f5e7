/** The state of the page as it stands in the address. */

export interface TalkSearch {
  /** Which part of the page is open. */
  teil?: string
}

export function readTalkSearch(raw: Record<string, unknown>): TalkSearch {
  return typeof raw.teil === 'string' && /^[a-z]{1,20}$/.test(raw.teil) ? { teil: raw.teil } : {}
}
