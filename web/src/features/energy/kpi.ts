/** A figure of the API in, what a card says of it out. */

import type { EnergyFigure } from '@/api/types'
import { formatValue } from '@/chart'
import { formatDayAt, formatClockAt, formatShare, NONE } from '@/lib/format'

export interface Kpi {
  name: string
  label: string
  formula: string
  /** How to read it, in a sentence. */
  reading: string
}

export const MAIN: Kpi[] = [
  { name: 'energy', label: 'Verbrauch', formula: 'Summe aus Leistung × Dauer aller bekannten Intervalle', reading: 'Was hinter dem Zähler verbraucht wurde. Über Lücken wird nichts hochgerechnet.' },
  { name: 'production', label: 'Erzeugung', formula: 'Summe aus erzeugter Leistung × Dauer', reading: 'Was eine Anlage hinter dem Zähler erzeugt hat, selbst verbraucht oder eingespeist.' },
  { name: 'peak', label: 'Spitze', formula: 'größte mittlere Leistung eines Messintervalls', reading: 'Nach der höchsten Viertelstunde bemisst sich der Leistungspreis.' },
  { name: 'base_load', label: 'Grundlast', formula: 'Leistung, die nachts (0 bis 5 Uhr) nur in 5 % der Zeit unterschritten wird', reading: 'Was auch nachts durchläuft. Steigt sie, läuft etwas, das früher nicht lief.' },
]

export const MORE: Kpi[] = [
  { name: 'load_factor', label: 'Lastfaktor', formula: 'mittlere Leistung ÷ Spitze', reading: 'Je näher an 100 %, desto gleichmäßiger der Verbrauch.' },
  { name: 'hours_of_use', label: 'Benutzungsstunden', formula: 'Jahresverbrauch ÷ höchste Viertelstunde', reading: 'Die Schwelle von 2.500 Stunden trennt die Preisblätter der Netzbetreiber. Sie gilt nur für ganze Jahre.' },
  { name: 'cost', label: 'Kosten', formula: 'Netzbezug × geltender Preis + Anteil des Grundpreises', reading: 'Nach dem hinterlegten Tarif; wo keiner hinterlegt ist, nach Ihrer Angabe unter „Tarif“, sonst nur zum Börsenpreis. Einspeisung ist nicht abgezogen.' },
  { name: 'cost_fixed', label: 'Kosten zum Festpreis', formula: 'Netzbezug × Festpreis', reading: 'Nur der Arbeitspreis, über alle bekannten Intervalle.' },
  { name: 'cost_spot', label: 'Kosten an der Börse', formula: 'Summe aus Netzbezug × (Börsenpreis + Aufschlag)', reading: 'Was derselbe Bezug in einem dynamischen Tarif gekostet hätte.' },
  { name: 'negative_share', label: 'In negativen Stunden', formula: 'Netzbezug zu Preisen unter null ÷ gesamter Netzbezug', reading: 'Ein hoher Anteil heißt: Der Verbrauch liegt dort, wo Strom im Überfluss da ist.' },
  { name: 'self_consumption', label: 'Eigenverbrauch', formula: 'selbst verbrauchte ÷ gesamte Erzeugung', reading: 'Welcher Teil der Erzeugung im Haus blieb, statt ins Netz zu gehen.' },
  { name: 'autarky', label: 'Autarkie', formula: 'selbst verbrauchte Erzeugung ÷ Verbrauch', reading: 'Welchen Teil des Verbrauchs die eigene Anlage gedeckt hat.' },
  { name: 'co2', label: 'CO₂', formula: 'Netzbezug × Emissionsfaktor', reading: 'Rechnet mit dem Faktor, den Sie unter „Tarif“ angeben.' },
]

/** Of so much of a range at least something must be known for a card to say nothing of it. */
const FULL = 0.98
/** Two periods compare when about as much of both is known. */
const ALIKE = 0.05

export interface Said {
  value: string
  unit: string
}

const tenths = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

/** A figure's number and unit as the API writes them. */
export function said(figure: Pick<EnergyFigure, 'value' | 'text'> | null | undefined): Said {
  if (!figure || figure.value === null) return { value: NONE, unit: '' }
  const at = figure.text.lastIndexOf(' ')
  return { value: figure.text.slice(0, at), unit: figure.text.slice(at + 1) }
}

export function figureOf(figures: EnergyFigure[] | undefined, name: string): EnergyFigure | undefined {
  return figures?.find((figure) => figure.name === name)
}

const signed = (value: number, text: string): string => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${text}`

/** The change since the period before: "+12 %", shares in points; in words why there is none. */
export function change(now: EnergyFigure | undefined, then: EnergyFigure | undefined): string {
  if (!now || now.value === null) return ''
  if (!then || then.value === null) return 'Für den Zeitraum davor gibt es keinen Wert.'
  if (Math.abs(now.covered - then.covered) > ALIKE) return `Vom Zeitraum davor sind ${formatShare(then.covered)} bekannt, von diesem ${formatShare(now.covered)}: nicht vergleichbar.`
  const more = now.value - then.value
  if (now.unit === '1') return `${signed(more, tenths.format(Math.abs(more) * 100))} Prozentpunkte`
  if (then.value === 0) return more === 0 ? '' : 'davor nichts'
  const share = (100 * more) / Math.abs(then.value)
  return `${signed(share, Math.abs(share) < 10 ? tenths.format(Math.abs(share)) : formatValue(Math.round(Math.abs(share))))} %`
}

/** What stands below the value: when the peak was, why there is none, how much is known. */
export function noteOf(figure: EnergyFigure): string {
  if (figure.value === null) return figure.reason
  if (figure.at !== null) return `am ${formatDayAt(figure.at)}, ${formatClockAt(figure.at)} Uhr`
  if (figure.name === 'production' && figure.value === 0) return 'Im Zeitraum wurde nichts erzeugt.'
  return figure.covered < FULL || figure.unit === 'EUR' ? figure.basis : ''
}

/** "12,40 EUR weniger als zum Festpreis"; empty where one of the two is missing. */
export function saving(figures: EnergyFigure[] | undefined): string {
  const saves = figureOf(figures, 'spot_saves')
  if (!saves || saves.value === null) return ''
  if (/^-?0,00 /.test(saves.text)) return 'so viel wie zum Festpreis'
  return `${saves.text.replace('-', '')} ${saves.value > 0 ? 'weniger' : 'mehr'} als zum Festpreis`
}
