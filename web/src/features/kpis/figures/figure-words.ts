/** Figures as a German reader expects them: shares as per cent, and whether a change is good. */

import type { KpiData, KpiValue } from '@/api/types'
import { formatCount, NONE } from '@/lib/format'
import { channelName, kindName, sourceName, type Shade } from '@/lib/words'

type Shape = Pick<KpiData, 'kind' | 'unit' | 'digits'>

function numbers(digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat('de-DE', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** Whether the numbers are shares of 0 to 1, told in per cent. */
export function isShare({ unit }: Pick<Shape, 'unit'>): boolean {
  return unit === '%'
}

/** As it is shown; no share is less than none or more than all, whatever its bounds were reckoned to. */
export function scaled(shape: Shape, value: number | null): number | null {
  return value === null ? null : isShare(shape) ? Math.min(1, Math.max(0, value)) * 100 : value
}

/** Behind the figure are fewer people than may be told of (five). */
export const TOO_FEW = 'zu wenige Personen'

export function figureText(shape: Shape, value: number | null): string {
  const number = scaled(shape, value)
  return number === null ? NONE : numbers(isShare(shape) ? 1 : shape.digits).format(number)
}

const ONE: Record<string, string> = { Antworten: 'Antwort', Ereignisse: 'Ereignis', Fragen: 'Frage', Texte: 'Text' }

/** The unit beside a value: "1 Antwort", "2 Antworten". */
export function unitOf({ unit }: Pick<Shape, 'unit'>, value: number | null): string {
  return value !== null && Math.abs(value) === 1 ? (ONE[unit] ?? unit) : unit
}

/** With its unit; a dash has none. */
export function valueText(shape: Shape, value: number | null): string {
  return value === null || !shape.unit ? figureText(shape, value) : `${figureText(shape, value)}\u00a0${unitOf(shape, value)}`
}

/** "zwischen 61,2 und 70,9 %", or "" where nothing is known of it. */
export function boundsText(shape: Shape, { low, high }: Pick<KpiValue, 'low' | 'high'>): string {
  if (low === null || high === null || shape.kind === 'count') return ''
  return `zwischen ${figureText(shape, low)} und ${figureText(shape, high)}${shape.unit ? `\u00a0${shape.unit}` : ''}`
}

/** " (zwischen 61,2 und 70,9 %, n = 120)", what belongs behind a value; "" for a mere count. */
export function sureText(shape: Shape, value: KpiValue): string {
  if (value.few) return ` (${TOO_FEW})`
  return shape.kind === 'count' ? '' : ` (${[boundsText(shape, value), `n\u00a0=\u00a0${formatCount(value.n)}`].filter(Boolean).join(', ')})`
}

export interface Change {
  text: string
  shade: Shade
}

/** What became of a figure since the window before; neutral while both could be the same (their bounds overlap). */
export function changeOf(kpi: KpiData): Change | null {
  if (kpi.value === null || kpi.before.value === null) return null
  const change = kpi.value - kpi.before.value
  const number = isShare(kpi) ? change * 100 : change
  const digits = isShare(kpi) ? 1 : kpi.digits
  const text = `${number > 0 ? '+' : ''}${numbers(digits).format(number)}${isShare(kpi) ? ' Punkte' : kpi.unit ? ` ${unitOf(kpi, change)}` : ''}`
  const unclear = kpi.kind === 'count' || overlaps(kpi, kpi.before)
  return { text, shade: unclear || change === 0 ? 'neutral' : change > 0 === (kpi.better === 'up') ? 'ok' : 'bad' }
}

function overlaps(a: KpiValue, b: KpiValue): boolean {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return true
  return a.low <= b.high && b.low <= a.high
}

const PARTS: Record<string, string> = { kind: 'Art', model: 'Modell', prompt: 'Prompt', learned: 'Gelerntes', channel: 'Kanal', source: 'Quelle' }
const VALUES: Record<string, (value: string) => string> = { kind: kindName, source: sourceName, channel: channelName, learned: (value) => value.slice(0, 8) }

/** "kind:regulation" as "Art: Regelwerk". */
export function segmentName(segment: string): string {
  const [part = '', ...rest] = segment.split(':')
  const value = rest.join(':')
  return `${PARTS[part] ?? part}: ${value ? (VALUES[part]?.(value) ?? value) : 'ohne'}`
}
