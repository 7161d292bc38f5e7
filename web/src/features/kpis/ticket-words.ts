/** What a ticket should bring and brought, in words. */

const WHAT: Record<string, string> = {
  opened: 'eröffnet',
  moved: 'Stand geändert',
  handed: 'übergeben',
  commented: 'kommentiert',
  linked: 'ein weiterer Alarm gehört dazu',
  recovered: 'der Alarm ist beendet',
  measured: 'Wirkung gemessen',
}

export function changeWords(what: string): string {
  return WHAT[what] ?? what
}

const numbers = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })
const VERDICTS: Record<string, string> = { better: 'besser geworden', worse: 'schlechter geworden', unclear: 'kein deutlicher Unterschied', few: 'zu wenige Fälle' }

function percent(value: unknown): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? numbers.format(value * 100) : null
}

/** Shares of 0 to 1 of the questions, with bounds. */
export function gainText(told: Record<string, unknown>): string {
  const [share, low, high] = [percent(told.share), percent(told.low), percent(told.high)]
  if (share === null) return 'noch nicht zu beziffern'
  return low !== null && high !== null ? `${share} % der Fragen (zwischen ${low} und ${high} %)` : `${share} % der Fragen`
}

/** A figure before the ticket and now; what lies between 0 and 1 is a share. */
export function effectText(told: Record<string, unknown>): string {
  const [before, after] = [valueOf(told.before), valueOf(told.after)]
  const verdict = VERDICTS[String(told.verdict)] ?? ''
  if (before === null || after === null) return verdict || 'noch nicht zu beziffern'
  const share = Math.max(Math.abs(before), Math.abs(after)) <= 1
  const said = (value: number): string => (share ? `${numbers.format(value * 100)} %` : numbers.format(value))
  return `${verdict ? `${verdict}: ` : ''}von ${said(before)} auf ${said(after)}`
}

function valueOf(told: unknown): number | null {
  const value = typeof told === 'object' && told !== null && 'value' in told ? told.value : null
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
