/** Findings in, sentences out. */

import type { ForecastScores } from '@/api/types'
import { dayOf, midnight } from '@/lib/berlin'
import { formatClockAt, formatDayAt, formatShare } from '@/lib/format'
import type { Stretch } from '@/series'
import { priceText, type Unit } from './unit'

/** "heute", "morgen" or the date. */
export function dayWord(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return 'heute'
  return dayOf(at) === dayOf(midnight(now, 1)) ? 'morgen' : formatDayAt(at)
}

/** "13:00 bis 16:00 Uhr"; a day's end is 24 o'clock. */
export function spanText({ from, to }: Pick<Stretch, 'from' | 'to'>): string {
  const end = midnight(to) === to ? '24:00' : formatClockAt(to)
  return `${formatClockAt(from)} bis ${end} Uhr`
}

/** What the price is now, and when it is lowest. */
export function leadText(now: number, price: number | null, best: Stretch | null, unit: Unit): string {
  const present = price === null ? 'Für diesen Augenblick ist kein Preis bekannt.' : `Jetzt ${priceText(price, unit)}${price < 0 ? ', also unter 0' : ''}.`
  if (!best) return present
  const verb = best.from <= now ? 'ist' : 'wird'
  return `${present} Am günstigsten ${verb} es ${dayWord(best.from, now)} von ${spanText(best)}: ${priceText(best.mean, unit)} im Mittel.`
}

/** How good the forecast was, in words. Null while no day is known. */
export function scoreText(scores: ForecastScores, unit: Unit): string | null {
  if (scores.mae === null || scores.days === 0) return null
  const days = scores.days === 1 ? 'am letzten bewerteten Tag' : `an den letzten ${scores.days} bewerteten Tagen`
  const missed = `Die Vorhersage lag ${days} im Mittel ${priceText(scores.mae, unit)} daneben`
  const inside = scores.inside === null ? '' : ` ${formatShare(scores.inside)} der Preise lagen im 90-%-Band.`
  if (scores.rmae === null) return `${missed}.${inside}`
  const ratio = scores.rmae.toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const better = Math.round((1 - scores.rmae) * 100)
  const worth = better > 0 ? `${better} % weniger als der Preis der Vorwoche` : 'nicht besser als der Preis der Vorwoche'
  return `${missed}, ${worth} (rMAE ${ratio}).${inside}`
}
