/** A load curve in, what is known of it in words out. */

import type { MeterSeries } from '@/api/types'
import { formatCount, plural } from '@/lib/format'

export interface Gap {
  from: number
  to: number
}

/** Of what time values may be expected: from the first reading on, up to the newest one's end. */
export interface Known {
  first: number | null
  last: number | null
  seconds: number
}

export function expected(range: { from: number; to: number }, known: Known): { from: number; to: number } | null {
  if (known.last === null) return null
  const from = Math.max(range.from, known.first ?? range.from)
  const to = Math.min(range.to, known.last + known.seconds)
  return to > from ? { from, to } : null
}

/** Stretches without a value that a picture of this resolution can show. */
export function gapsOf(series: MeterSeries, range: { from: number; to: number }, known: Known): Gap[] {
  const within = expected(range, known)
  if (!within) return []
  const { ts, mean } = series.columns
  const spare = series.resolution > 3600 ? 3600 : 0
  const found: Gap[] = []
  let end = within.from
  ts.forEach((at, row) => {
    if (mean[row] === null || mean[row] === undefined) return
    if (at - end > spare) found.push({ from: end, to: at })
    end = Math.max(end, at + series.resolution)
  })
  if (within.to - end >= known.seconds) found.push({ from: end, to: within.to })
  return found.filter((gap) => gap.to - gap.from >= known.seconds)
}

const KINDS: { name: string; one: string; many: string }[] = [
  { name: 'measured', one: 'gemessener Wert', many: 'gemessene Werte' },
  { name: 'simulated', one: 'simulierter Wert', many: 'simulierte Werte' },
  { name: 'preliminary', one: 'vorläufiger Wert', many: 'vorläufige Werte' },
  { name: 'substitute', one: 'Ersatzwert', many: 'Ersatzwerte' },
]

export interface Told {
  text: string
  /** How many intervals are missing. */
  missing: number
  substitutes: number
}

/** How many intervals have begun before an instant, since 1970. */
function begun(at: number, seconds: number): number {
  return Math.ceil(at / seconds)
}

/** "664 gemessene Werte, 8 Ersatzwerte; 12 fehlen (3 Stunden)." */
export function qualityOf(series: MeterSeries, range: { from: number; to: number }, known: Known): Told {
  const counts = series.quality
  const parts = KINDS.flatMap(({ name, one, many }) => (counts[name] ? [plural(counts[name], one, many)] : []))
  const present = KINDS.reduce((sum, { name }) => sum + (counts[name] ?? 0), 0)
  const within = expected(range, known)
  const due = within ? begun(within.to, known.seconds) - begun(within.from, known.seconds) : 0
  const missing = Math.max(counts.missing ?? 0, due - present)
  const whole = parts.length === 0 ? 'Keine Werte' : parts.length === 1 && missing === 0 ? `Vollständig: ${parts[0]}` : parts.join(', ')
  const lacking = missing > 0 ? `; ${formatCount(missing)} ${missing === 1 ? 'fehlt' : 'fehlen'} (${lengthText(missing * known.seconds)})` : ''
  return { text: `${whole}${lacking}.`, missing, substitutes: counts.substitute ?? 0 }
}

/** "3 Stunden", "2 Tage 4 Stunden", "45 Minuten". */
export function lengthText(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return plural(minutes, 'Minute', 'Minuten')
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const parts = [days ? plural(days, 'Tag', 'Tage') : '', hours ? plural(hours, 'Stunde', 'Stunden') : '', rest && !days ? plural(rest, 'Minute', 'Minuten') : '']
  return parts.filter(Boolean).join(' ')
}
