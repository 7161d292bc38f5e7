/** The state of the page Übergaben as it stands in the address. */

export interface HandoverSearch {
  teil?: 'gesendet'
  auswahl?: 'alle'
  seite?: number
  uebergabe?: string
}

export type OnSearch = (next: { [K in keyof HandoverSearch]?: HandoverSearch[K] | undefined }) => void

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What an address may say; anything else is left out. */
export function readHandoverSearch(raw: Record<string, unknown>): HandoverSearch {
  const page = Number(raw.seite)
  return {
    ...(raw.teil === 'gesendet' ? { teil: 'gesendet' } : {}),
    ...(raw.auswahl === 'alle' ? { auswahl: 'alle' } : {}),
    ...(Number.isInteger(page) && page > 1 && page < 100_000 ? { seite: page } : {}),
    ...(typeof raw.uebergabe === 'string' && UUID.test(raw.uebergabe) ? { uebergabe: raw.uebergabe } : {}),
  }
}
