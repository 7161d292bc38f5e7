/** A schedule in, the picture and the words of it out. */

import type { Schedule } from '@/api/types'
import type { Line, Picture } from '@/chart'

/** Grid power with and without the schedule, battery and loads, and the price as it is paid. */
export function planPicture(plan: Schedule): Picture {
  const { columns, seconds } = plan
  const shared = { ts: columns.ts, seconds, unit: 'kW' }
  const lines: Line[] = [
    { ...shared, name: 'Netz ohne Fahrplan', ink: 'muted', values: columns.idle_grid_kw },
    { ...shared, name: 'Netz mit Fahrplan', ink: 'consumption', values: columns.grid_kw },
  ]
  if (columns.pv_kw.some((one) => one > 0)) lines.push({ ...shared, name: 'Erzeugung', ink: 'production', filled: true, values: columns.pv_kw })
  if (columns.battery_kw.some((one) => one !== 0)) lines.push({ ...shared, name: 'Batterie (über null lädt sie)', ink: 'good', filled: true, values: columns.battery_kw })
  for (const [name, values] of Object.entries(plan.loads_kw)) lines.push({ ...shared, name, ink: 'bad', filled: true, values })
  lines.push({ name: 'Preis', ink: 'price', ts: columns.ts, seconds, unit: 'ct/kWh', values: columns.buy_eur_kwh.map((one) => Math.round(one * 10_000) / 100) })
  const first = columns.ts[0] ?? 0
  return { from: first, to: (columns.ts.at(-1) ?? first) + seconds, lines }
}

const PRICES = { market: 'Preise des Markts', forecast: 'vorhergesagte Preise', given: 'angegebene Preise', fixed: 'fester Preis', usual: 'übliche Preise' }
const BASES = { plant: 'Grundlast wie angegeben', forecast: 'vorhergesagter Verbrauch', usual: 'üblicher Verbrauch', none: 'ohne weiteren Verbrauch' }
const SUNS = { plant: 'Erzeugung wie angegeben', usual: 'übliche Erzeugung', none: '' }

/** Where prices, load and production of a schedule come from. */
export function sourcesText({ sources }: Pick<Schedule, 'sources'>): string {
  return [PRICES[sources.prices], BASES[sources.base], SUNS[sources.pv]].filter(Boolean).join(', ')
}
