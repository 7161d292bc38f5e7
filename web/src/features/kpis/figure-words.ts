/** Figures as a German reader expects them: shares as per cent, and whether a change is good. */

import type { KpiData, KpiValue } from '@/api/types'
import { NONE } from '@/lib/format'
import type { Shade } from '@/lib/words'

type Shape = Pick<KpiData, 'kind' | 'unit' | 'digits'>

function numbers(digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat('de-DE', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** Whether the numbers are shares of 0 to 1, told in per cent. */
export function isShare({ unit }: Pick<Shape, 'unit'>): boolean {
  return unit === '%'
}

export function scaled(shape: Shape, value: number | null): number | null {
  return value === null ? null : isShare(shape) ? value * 100 : value
}

export function figureText(shape: Shape, value: number | null): string {
  const number = scaled(shape, value)
  return number === null ? NONE : numbers(isShare(shape) ? 1 : shape.digits).format(number)
}

/** "zwischen 61,2 und 70,9 %", or "" where nothing is known of it. */
export function boundsText(shape: Shape, { low, high }: Pick<KpiValue, 'low' | 'high'>): string {
  if (low === null || high === null || shape.kind === 'count') return ''
  return `zwischen ${figureText(shape, low)} und ${figureText(shape, high)}${shape.unit ? `\u00a0${shape.unit}` : ''}`
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
  const text = `${number > 0 ? '+' : ''}${numbers(digits).format(number)}${isShare(kpi) ? ' Punkte' : kpi.kind !== 'count' && kpi.unit ? ` ${kpi.unit}` : ''}`
  const unclear = kpi.kind === 'count' || overlaps(kpi, kpi.before)
  return { text, shade: unclear || change === 0 ? 'neutral' : change > 0 === (kpi.better === 'up') ? 'ok' : 'bad' }
}

function overlaps(a: KpiValue, b: KpiValue): boolean {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return true
  return a.low <= b.high && b.low <= a.high
}

const PARTS: Record<string, string> = { kind: 'Art', model: 'Modell', prompt: 'Prompt', channel: 'Kanal', role: 'Rolle', source: 'Quelle' }

/** "kind:regulation" as "Art: regulation". */
export function segmentName(segment: string): string {
  const [part = '', ...rest] = segment.split(':')
  return `${PARTS[part] ?? part}: ${rest.join(':') || 'ohne'}`
}
