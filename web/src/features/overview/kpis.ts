/** What is known of a morning in, the four numbers of the Übersicht out. */

import { createElement } from 'react'
import type { Meter, PriceSeries } from '@/api/types'
import { dayOf as isoDay } from '@/lib/berlin'
import { formatClockAt, NONE } from '@/lib/format'
import type { Bounds, Stretch } from '@/series'
import type { Joined } from './api'
import { known, KNOWN, type Curve, type DayFigures } from './day'
import { Change, type Kpi } from './kpi-card'
import { centText, stretchText } from './morning'

export interface Known {
  meters: Meter[]
  days: { yesterday: Bounds; today: Bounds; both: Bounds }
  yesterday: DayFigures | undefined
  error: unknown
  retry: () => void
  today: Joined<Curve>
  past: Joined<Curve>
  /** Null where nobody has prices. */
  prices: { data: PriceSeries | null | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
  /** EUR/MWh. */
  priceNow: number | null
  cheap: Stretch | null
  /** The dearest hours of what is left of today. */
  dear: Stretch | null
  cheapTomorrow: Stretch | null
}

export function kpisOf(seen: Known): Kpi[] {
  return [used(seen), peak(seen), price(seen), (known(seen.yesterday, 'production')?.value ?? 0) > 0 ? ownUse(seen) : cost(seen)]
}

/** A figure's number and unit as the API writes them; undefined while it is loading. */
function told(seen: Known, name: string): Pick<Kpi, 'value' | 'unit'> {
  const found = known(seen.yesterday, name)
  if (!seen.yesterday) return { value: undefined, unit: '' }
  if (!found) return { value: NONE, unit: '' }
  const at = found.text.lastIndexOf(' ')
  return { value: found.text.slice(0, at), unit: found.text.slice(at + 1) }
}

/** What a figure is of; why there is none. */
function basis(seen: Known, name: string): string {
  const found = seen.yesterday?.named.get(name)
  return found ? (found.value === null ? found.reason : found.basis) : ''
}

function energyLink({ meters, days }: Known, more: Record<string, string> = {}): Kpi['link'] {
  const day = isoDay(days.yesterday.from)
  return { to: '/energie', search: { ...(meters.length === 1 && meters[0] ? { zaehler: meters[0].meter_id } : {}), von: day, bis: day, ...more } }
}

function used(seen: Known): Kpi {
  const energy = known(seen.yesterday, 'energy')
  const share = known(seen.yesterday, 'excess_share')
  return {
    label: 'Verbrauch gestern',
    ...told(seen, 'energy'),
    note: !energy ? basis(seen, 'energy') || 'keine Messwerte' : energy.covered < KNOWN ? basis(seen, 'energy') : createElement(Change, { share: share?.value ?? null, text: share?.text ?? '' }),
    help: { meaning: 'Was gestern von 0 bis 24 Uhr verbraucht wurde, verglichen mit dem, was die acht Wochen davor für so einen Tag erwarten lassen. Fehlende Werte werden nicht hochgerechnet.', formula: `Summe aus Leistung × Zeit aller bekannten Messintervalle; ${basis(seen, 'energy')}` },
    link: energyLink(seen),
    leads: 'Lastgang von gestern öffnen',
  }
}

function peak(seen: Known): Kpi {
  const several = seen.meters.length > 1
  const found = known(seen.yesterday, 'quarter_peak')
  return {
    label: 'Spitze gestern',
    ...told(seen, 'quarter_peak'),
    note: found && found.at !== null ? `um ${formatClockAt(found.at)} Uhr${several ? ', alle zusammen' : ''}` : 'keine vollständige Viertelstunde',
    help: { meaning: 'Die höchste Viertelstunde von gestern. Nach ihr bemisst sich der Leistungspreis der Netzentgelte, wo einer vereinbart ist.', formula: several ? 'größte Summe der Viertelstunden-Mittelwerte aller Zähler' : 'größter Mittelwert einer vollständig bekannten Viertelstunde' },
    link: energyLink(seen),
    leads: 'Lastgang von gestern öffnen',
  }
}

function price(seen: Known): Kpi {
  const day = isoDay(seen.days.today.from)
  const { priceNow, cheap } = seen
  return {
    label: 'Börsenpreis jetzt',
    value: seen.prices.isPending ? undefined : priceNow === null ? NONE : centText(priceNow).replace(' ct/kWh', ''),
    unit: priceNow === null ? '' : 'ct/kWh',
    note: cheap ? `am günstigsten ${stretchText(cheap)}: ${centText(cheap.mean)}` : priceNow === null ? 'keine Preise für heute' : 'heute keine drei Stunden mehr',
    help: { meaning: 'Day-Ahead-Preis der laufenden Zeit ohne Steuern, Netzentgelt und Aufschlag, und die günstigsten drei Stunden, die heute noch bleiben.', formula: 'EUR/MWh ÷ 10 = ct/kWh; kleinstes Mittel dreier zusammenhängender Stunden' },
    link: { to: '/markt', search: { von: day, bis: day } },
    leads: 'Preise von heute öffnen',
  }
}

function ownUse(seen: Known): Kpi {
  return {
    label: 'Eigenverbrauch gestern',
    ...told(seen, 'self_consumption'),
    note: `von ${known(seen.yesterday, 'production')?.text ?? NONE} Erzeugung`,
    help: { meaning: 'Anteil der eigenen Erzeugung, der im selben Augenblick verbraucht und nicht eingespeist wurde.', formula: 'Summe des kleineren Werts von Verbrauch und Erzeugung ÷ Erzeugung' },
    link: energyLink(seen),
    leads: 'Lastgang von gestern öffnen',
  }
}

function cost(seen: Known): Kpi {
  return {
    label: 'Kosten gestern',
    ...told(seen, 'cost'),
    note: known(seen.yesterday, 'cost') ? (seen.yesterday?.holds ?? '') : basis(seen, 'cost'),
    help: { meaning: 'Was der Netzbezug von gestern nach dem Preis kostet, der gilt; ohne hinterlegten Tarif, was er an der Börse gekostet hätte. Einspeisung ist nicht abgezogen.', formula: `${seen.yesterday?.named.get('cost')?.meaning ?? ''}; ${basis(seen, 'cost')}` },
    link: energyLink(seen),
    leads: 'Lastgang von gestern öffnen',
  }
}
