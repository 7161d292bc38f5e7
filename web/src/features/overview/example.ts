/** A day made up by a formula, for an installation without meters; it is called an example wherever it is shown. */

import type { Picture } from '@/chart'
import { midnight } from '@/lib/berlin'

const QUARTER = 900

const hill = (hour: number, at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2))

export function example(now: number): Picture {
  const from = midnight(now)
  const to = midnight(now, 1)
  const ts = Array.from({ length: Math.round((to - from) / QUARTER) }, (_, row) => from + row * QUARTER)
  const curve = (formula: (hour: number) => number): number[] => ts.map((at) => Math.round(formula((at - from) / 3600) * 100) / 100)
  return {
    from,
    to,
    lines: [
      { name: 'Verbrauch (Beispiel)', ink: 'consumption', unit: 'kW', seconds: QUARTER, ts, values: curve((hour) => 0.35 + 1.6 * hill(hour, 7.3, 1.2) + 0.7 * hill(hour, 12.5, 1.6) + 2.3 * hill(hour, 19, 1.9)) },
      { name: 'Erzeugung (Beispiel)', ink: 'production', unit: 'kW', seconds: QUARTER, filled: true, ts, values: curve((hour) => 3.4 * hill(hour, 12.8, 2.9) * (hour > 7 && hour < 19 ? 1 : 0)) },
    ],
  }
}
