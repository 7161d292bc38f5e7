/** A meter's facts in, fields of a form out, and back: what was changed as the API takes it, or what is wrong with a field. */

import type { MeterDetail } from '@/api/types'
import type { MeterChange } from '../api'

export const FACT_FIELDS = [
  { name: 'fixed_ct_kwh', group: 'tariff', label: 'Fester Arbeitspreis', unit: 'ct/kWh', least: -1000, most: 1000 },
  { name: 'surcharge_ct_kwh', group: 'tariff', label: 'Aufschlag auf den Börsenpreis', unit: 'ct/kWh', least: -1000, most: 1000 },
  { name: 'feed_in_ct_kwh', group: 'tariff', label: 'Vergütung je eingespeister kWh', unit: 'ct/kWh', least: -1000, most: 1000 },
  { name: 'vat_percent', group: 'tariff', label: 'Umsatzsteuer auf den Börsenpreis', unit: '%', least: 0, most: 100 },
  { name: 'peak_eur_kw', group: null, label: 'Leistungspreis', unit: 'EUR/kW im Jahr', least: 0, most: 1e9 },
  { name: 'pv_kwp', group: null, label: 'Leistung der Photovoltaik', unit: 'kWp', least: 0, most: 1e9 },
  { name: 'capacity_kwh', group: 'battery', label: 'Speicher: Kapazität', unit: 'kWh', least: 0.001, most: 1e7 },
  { name: 'charge_kw', group: 'battery', label: 'Speicher: Laden', unit: 'kW', least: 0, most: 1e6 },
  { name: 'discharge_kw', group: 'battery', label: 'Speicher: Entladen', unit: 'kW', least: 0, most: 1e6 },
  { name: 'grid_fee_ct', group: null, label: 'Netzentgelt', unit: 'ct/kWh', least: 0, most: 1e9 },
  { name: 'module_1_eur', group: null, label: 'Ermäßigung nach Modul 1', unit: 'EUR im Jahr', least: 0, most: 1e9 },
  { name: 'controllable_kwh', group: null, label: 'Verbrauch des steuerbaren Geräts', unit: 'kWh im Jahr', least: 0, most: 1e9 },
  { name: 'controllable_kw', group: null, label: 'Leistung des steuerbaren Geräts', unit: 'kW', least: 0, most: 1e9 },
] as const

export type FactName = (typeof FACT_FIELDS)[number]['name']
export type FactsForm = Record<FactName | 'region', string>

const plain = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 6, useGrouping: false })
const REGION = /^([A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63})?$/

type Bag = Record<string, unknown>
const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {})

function sourceOf(facts: Bag, group: 'tariff' | 'battery' | null): Bag {
  if (group === 'tariff') return bag(facts.tariff)
  return group === 'battery' ? bag(bag(facts.plant).battery) : facts
}

export function factsForm(meter: Pick<MeterDetail, 'facts'>): FactsForm {
  const form = { region: typeof meter.facts.region === 'string' ? meter.facts.region : '' } as FactsForm
  for (const { name, group } of FACT_FIELDS) {
    const value = sourceOf(meter.facts, group)[name]
    form[name] = typeof value === 'number' ? plain.format(value) : ''
  }
  return form
}

/** "1.234,5" and "1234.5" as people type them; null for nothing, NaN for what is no number. */
export function readNumber(text: string): number | null {
  const bare = text.trim().replaceAll(/[\s\u202F\u00A0]/g, '')
  if (bare === '') return null
  const german = bare.includes(',') ? bare.replaceAll('.', '').replace(',', '.') : bare
  return /^[+-]?\d+(\.\d+)?$/.test(german) ? Number(german) : Number.NaN
}

export interface FactsRead {
  /** Null when something is wrong or nothing changed. */
  change: MeterChange | null
  faults: Partial<Record<FactName | 'region', string>>
}

const FOREVER = ['fixed_ct_kwh', 'surcharge_ct_kwh', 'feed_in_ct_kwh', 'vat_percent'] as const
const BATTERY = ['capacity_kwh', 'charge_kw', 'discharge_kw'] as const

/** Only groups in which something changed are sent; what this form does not show of a plant stays. */
export function readFacts(form: FactsForm, meter: Pick<MeterDetail, 'facts'>): FactsRead {
  const before = factsForm(meter)
  const faults: FactsRead['faults'] = {}
  const values = {} as Record<FactName, number | null>
  for (const { name, least, most } of FACT_FIELDS) {
    const value = readNumber(form[name])
    values[name] = value
    if (value !== null && !(value >= least && value <= most)) faults[name] = Number.isNaN(value) ? 'Bitte eine Zahl, etwa 28,5.' : `Von ${plain.format(least)} bis ${most.toLocaleString('de-DE')}.`
  }
  if (!REGION.test(form.region.trim())) faults.region = 'Buchstaben, Ziffern, Leerzeichen und . _ / : + -'
  const given = BATTERY.filter((name) => values[name] !== null)
  if (given.length > 0) for (const name of BATTERY) if (values[name] === null) faults[name] = 'Ein Speicher braucht alle drei Angaben.'
  const changed = (names: readonly (FactName | 'region')[]): boolean => names.some((name) => form[name].trim() !== before[name])
  if (Object.keys(faults).length > 0) return { change: null, faults }
  const change: MeterChange = {}
  for (const { name, group } of FACT_FIELDS) if (group === null && changed([name])) change[name] = values[name]
  if (changed(['region'])) change.region = form.region.trim() || null
  if (changed(FOREVER)) change.tariff = none(Object.fromEntries(FOREVER.map((name) => [name, values[name]])))
  if (changed(BATTERY)) change.plant = plantWith(bag(meter.facts.plant), values)
  return { change: Object.keys(change).length > 0 ? change : null, faults }
}

function none<T extends Record<string, number | null>>(group: T): T | null {
  return Object.values(group).every((value) => value === null) ? null : group
}

function plantWith(plant: Bag, values: Record<FactName, number | null>): MeterChange['plant'] {
  const { battery, ...rest } = plant
  if (values.capacity_kwh === null || values.charge_kw === null || values.discharge_kw === null) return Object.keys(rest).length > 0 ? (rest as MeterChange['plant']) : null
  return { ...rest, battery: { ...bag(battery), capacity_kwh: values.capacity_kwh, charge_kw: values.charge_kw, discharge_kw: values.discharge_kw } } as MeterChange['plant']
}
