/** What is known of a morning in, the four numbers of the Übersicht out. */

import { createElement } from 'react'
import { eurText, weekdayOf } from '@/advice'
import type { Meter, PriceSeries } from '@/api/types'
import { formatValue } from '@/chart'
import { dayOf as isoDay } from '@/lib/berlin'
import { formatClockAt, NONE } from '@/lib/format'
import type { Bounds, Stretch } from '@/series'
import type { Joined } from './api'
import { KNOWN, type Cost, type Curve, type DayFigures } from './day'
import { Change, type Kpi } from './kpi-card'
import { centText, changeOf, percentText, stretchText } from './morning'

export interface Known {
  meters: Meter[]
  days: { yesterday: Bounds; before: Bounds; today: Bounds; both: Bounds }
  yesterday: DayFigures | undefined
  before: DayFigures | undefined
  error: unknown
  retry: () => void
  today: Joined<Curve>
  past: Joined<Curve>
  peak: { value: number; at: number } | null
  /** Null where nobody has prices. */
  prices: { data: PriceSeries | null | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
  /** EUR/MWh. */
  priceNow: number | null
  cheap: Stretch | null
  /** The highest price of what is left of today, EUR/MWh. */
  dear: number | null
  cheapTomorrow: Stretch | null
}

export function kpisOf(known: Known): Kpi[] {
  return [used(known), peak(known), price(known), (known.yesterday?.production ?? 0) > 0 ? ownUse(known) : cost(known)]
}

function energyLink({ meters, days }: Known, more: Record<string, string> = {}): Kpi['link'] {
  const day = isoDay(days.yesterday.from)
  return { to: '/energie', search: { ...(meters.length === 1 && meters[0] ? { zaehler: meters[0].meter_id } : {}), von: day, bis: day, ...more } }
}

function used(known: Known): Kpi {
  const { yesterday, before, days } = known
  const both = yesterday !== undefined && before !== undefined
  const share = both && before.covered >= KNOWN ? changeOf(yesterday.energy, before.energy) : null
  return {
    label: 'Verbrauch gestern',
    value: both ? formatValue(yesterday.energy) : undefined,
    unit: yesterday?.energy === null ? '' : 'kWh',
    note: !yesterday || yesterday.energy === null ? 'keine Messwerte' : yesterday.covered < KNOWN ? known.meters.length > 1 ? `bei ${yesterday.lacking} von ${known.meters.length} Zählern fehlen Werte` : `nur ${percentText(yesterday.covered)} des Tages bekannt` : createElement(Change, { share, against: `am ${weekdayOf(days.yesterday.from)} davor` }),
    help: { meaning: 'Was gestern von 0 bis 24 Uhr verbraucht wurde, verglichen mit demselben Wochentag eine Woche zuvor. Fehlende Werte werden nicht hochgerechnet.', formula: 'Summe aus Leistung × Zeit aller bekannten Messintervalle' },
    link: energyLink(known),
    leads: 'Lastgang von gestern öffnen',
  }
}

function peak(known: Known): Kpi {
  const several = known.meters.length > 1
  const ready = known.yesterday !== undefined && (!several || known.past.value !== undefined || known.past.error)
  return {
    label: 'Spitze gestern',
    value: ready ? formatValue(known.peak?.value) : undefined,
    unit: known.peak ? 'kW' : '',
    note: known.peak ? `um ${formatClockAt(known.peak.at)} Uhr${several ? ', alle zusammen' : ''}` : 'keine vollständige Viertelstunde',
    help: { meaning: 'Die höchste Viertelstunde von gestern. Nach ihr bemisst sich der Leistungspreis der Netzentgelte, wo einer vereinbart ist.', formula: several ? 'größte Summe der Viertelstunden-Mittelwerte aller Zähler' : 'größter Mittelwert einer vollständig bekannten Viertelstunde' },
    link: energyLink(known),
    leads: 'Lastgang von gestern öffnen',
  }
}

function price(known: Known): Kpi {
  const day = isoDay(known.days.today.from)
  const { priceNow, cheap } = known
  return {
    label: 'Börsenpreis jetzt',
    value: known.prices.isPending ? undefined : priceNow === null ? NONE : centText(priceNow).replace(' ct/kWh', ''),
    unit: priceNow === null ? '' : 'ct/kWh',
    note: cheap ? `am günstigsten ${stretchText(cheap)}: ${centText(cheap.mean)}` : priceNow === null ? 'keine Preise für heute' : 'heute keine drei Stunden mehr',
    help: { meaning: 'Day-Ahead-Preis der laufenden Zeit ohne Steuern, Netzentgelt und Aufschlag, und die günstigsten drei Stunden, die heute noch bleiben.', formula: 'EUR/MWh ÷ 10 = ct/kWh; kleinstes Mittel dreier zusammenhängender Stunden' },
    link: { to: '/markt', search: { von: day, bis: day } },
    leads: 'Preise von heute öffnen',
  }
}

function ownUse(known: Known): Kpi {
  const { yesterday } = known
  return {
    label: 'Eigenverbrauch gestern',
    value: yesterday ? (yesterday.ownUse === null ? NONE : percentText(yesterday.ownUse).replace(' %', '')) : undefined,
    unit: yesterday?.ownUse === null ? '' : '%',
    note: `von ${formatValue(yesterday?.production, 'kWh')} Erzeugung`,
    help: { meaning: 'Anteil der eigenen Erzeugung, der im selben Augenblick verbraucht und nicht eingespeist wurde.', formula: 'Summe des kleineren Werts von Verbrauch und Erzeugung ÷ Erzeugung' },
    link: energyLink(known),
    leads: 'Lastgang von gestern öffnen',
  }
}

const COSTS: Record<Cost['kind'], { note: string; meaning: string; formula: string }> = {
  fixed: { note: 'zum Festpreis', meaning: 'Was der Netzbezug von gestern nach dem hinterlegten Festpreis kostet.', formula: 'Netzbezug × Festpreis' },
  spot: { note: 'dynamischer Tarif', meaning: 'Was der Netzbezug von gestern nach Börsenpreis und hinterlegtem Aufschlag kostet.', formula: 'Netzbezug × (Börsenpreis + Aufschlag), je Intervall' },
  market: {
    note: 'zum Börsenpreis, ohne Netz und Steuern',
    meaning: 'Ein Tarif ist nicht hinterlegt. Deshalb steht hier, was die Energie von gestern an der Börse gekostet hätte, ohne Netzentgelt, Steuern und Aufschlag.',
    formula: 'Netzbezug × Börsenpreis, je Intervall',
  },
}

function cost(known: Known): Kpi {
  const { yesterday, before } = known
  const now = yesterday?.cost ?? null
  const words = COSTS[now?.kind ?? 'fixed']
  const share = now && before?.cost?.kind === now.kind && before.covered >= KNOWN ? changeOf(now.value, before.cost.value) : null
  return {
    label: 'Kosten gestern',
    value: yesterday && before ? (now ? eurText(now.value).replace(' EUR', '') : NONE) : undefined,
    unit: now ? 'EUR' : '',
    note: now ? `${words.note}${share === null ? '' : `; ${percentText(share)} ${share > 0 ? 'mehr' : 'weniger'} als die Woche davor`}` : 'Tarif oder Preise fehlen',
    help: { meaning: words.meaning, formula: words.formula },
    link: energyLink(known),
    leads: 'Lastgang von gestern öffnen',
  }
}
