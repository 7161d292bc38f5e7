/** The state of the page as it stands in the address. */

export interface LearningSearch {
  /** Which part of the page is open. */
  teil?: string
}

export function readLearningSearch(raw: Record<string, unknown>): LearningSearch {
  return typeof raw.teil === 'string' && /^[a-z]{1,20}$/.test(raw.teil) ? { teil: raw.teil } : {}
}
