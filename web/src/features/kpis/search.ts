/** The state of the page as it stands in the address. */

export interface QualitySearch {
  /** Which part of the page is open. */
  teil?: string
}

export function readQualitySearch(raw: Record<string, unknown>): QualitySearch {
  return typeof raw.teil === 'string' && /^[a-z]{1,20}$/.test(raw.teil) ? { teil: raw.teil } : {}
}
