/** A meter's facts and the fields of a form in, each other out; what a meter still lacks for recommendations. */

import type { Load, Meter, Plant, Tariff } from '@/api/types'

export type Kind = 'none' | 'fixed' | 'spot'

/** Texts of the form's fields; empty where nothing is known. */
export interface Form {
  kind: Kind
  fixed: string
  surcharge: string
  vat: string
  feedIn: string
  base: string
  peak: string
  region: string
  pv: string
  gridFee: string
  module1: string
  controllableKwh: string
  controllableKw: string
  capacity: string
  charge: string
  discharge: string
  loadName: string
  loadKwh: string
  loadKw: string
  loadFrom: string
  loadTo: string
}

type Numbered = Exclude<keyof Form, 'kind' | 'region' | 'loadName' | 'loadFrom' | 'loadTo'>

const text = (value: unknown): string => (typeof value === 'number' ? String(value).replace('.', ',') : typeof value === 'string' ? value : '')

/** German decimals; null for what is no number or below the least. */
export function readNumber(value: string, least = 0): number | null {
  const plain = value.trim().replace(',', '.')
  if (!/^-?\d{1,7}(\.\d{1,4})?$/.test(plain)) return null
  const number = Number(plain)
  return number < least ? null : number
}

export function formOf(meter: Pick<Meter, 'facts'>): Form {
  const { facts } = meter
  const tariff = (facts.tariff ?? {}) as Tariff
  const plant = (facts.plant ?? {}) as Plant
  const load: Partial<Load> = plant.loads?.[0] ?? {}
  const [from = '', to = ''] = (load.window ?? '').split('-').map((one) => one.trim())
  return {
    kind: typeof tariff.fixed_ct_kwh === 'number' ? 'fixed' : typeof tariff.surcharge_ct_kwh === 'number' ? 'spot' : 'none',
    fixed: text(tariff.fixed_ct_kwh),
    surcharge: text(tariff.surcharge_ct_kwh),
    vat: text(tariff.vat_percent),
    feedIn: text(tariff.feed_in_ct_kwh),
    base: text(tariff.base_eur_year),
    peak: text(facts.peak_eur_kw),
    region: text(facts.region),
    pv: text(facts.pv_kwp),
    gridFee: text(facts.grid_fee_ct),
    module1: text(facts.module_1_eur),
    controllableKwh: text(facts.controllable_kwh),
    controllableKw: text(facts.controllable_kw),
    capacity: text(plant.battery?.capacity_kwh),
    charge: text(plant.battery?.charge_kw),
    discharge: text(plant.battery?.discharge_kw),
    loadName: text(load.name),
    loadKwh: text(load.energy_kwh),
    loadKw: text(load.max_kw),
    loadFrom: from,
    loadTo: to,
  }
}

/** Lower bounds that differ from zero. */
const LEAST: Partial<Record<Numbered, number>> = { fixed: -1000, surcharge: -1000, feedIn: -1000, capacity: 0.001 }
const NUMBERS: Numbered[] = ['fixed', 'surcharge', 'vat', 'feedIn', 'base', 'peak', 'pv', 'gridFee', 'module1', 'controllableKwh', 'controllableKw', 'capacity', 'charge', 'discharge', 'loadKwh', 'loadKw']
const CLOCK = /^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$/

export type Faults = Partial<Record<keyof Form, string>>

/** What is wrong, by field. */
export function faultsOf(form: Form): Faults {
  const faults: Faults = {}
  for (const name of NUMBERS) if (form[name].trim() && readNumber(form[name], LEAST[name]) === null) faults[name] = 'Bitte eine Zahl, etwa 12,5.'
  if (form.kind === 'fixed' && !form.fixed.trim()) faults.fixed = 'Der Festpreis fehlt.'
  if (form.kind === 'spot' && !form.surcharge.trim()) faults.surcharge = 'Der Aufschlag fehlt.'
  if (form.vat.trim() && (readNumber(form.vat) ?? 101) > 100) faults.vat = 'Bitte eine Zahl von 0 bis 100.'
  const battery = ['capacity', 'charge', 'discharge'] as const
  if (battery.some((name) => form[name].trim())) for (const name of battery) if (!form[name].trim()) faults[name] = 'Fehlt noch.'
  const load = ['loadName', 'loadKwh', 'loadKw'] as const
  if (load.some((name) => form[name].trim())) for (const name of load) if (!form[name].trim()) faults[name] = 'Fehlt noch.'
  for (const name of ['loadFrom', 'loadTo'] as const) if (form[name].trim() && !CLOCK.test(form[name].trim())) faults[name] = 'Bitte eine Viertelstunde, etwa 22:00.'
  if (Boolean(form.loadFrom.trim()) !== Boolean(form.loadTo.trim())) faults[form.loadFrom.trim() ? 'loadTo' : 'loadFrom'] = 'Fehlt noch.'
  return faults
}

interface Change {
  tariff?: Tariff | null
  plant?: Plant | null
  region?: string | null
  peak_eur_kw?: number | null
  pv_kwp?: number | null
  grid_fee_ct?: number | null
  module_1_eur?: number | null
  controllable_kwh?: number | null
  controllable_kw?: number | null
}

/** What differs between two states of the form, as the API takes it; what is emptied becomes null. Parts of a plant that the form does not know stay. */
export function changeOf(meter: Pick<Meter, 'facts'>, form: Form): Change {
  const old = formOf(meter)
  const differs = (...names: (keyof Form)[]): boolean => names.some((name) => old[name].trim() !== form[name].trim())
  const number = (name: Numbered): number | null => readNumber(form[name], LEAST[name])
  const single: [keyof Change, Numbered][] = [['peak_eur_kw', 'peak'], ['pv_kwp', 'pv'], ['grid_fee_ct', 'gridFee'], ['module_1_eur', 'module1'], ['controllable_kwh', 'controllableKwh'], ['controllable_kw', 'controllableKw']]
  return {
    ...Object.fromEntries(single.filter(([, name]) => differs(name)).map(([key, name]) => [key, number(name)])),
    ...(differs('region') ? { region: form.region.trim() || null } : {}),
    ...(differs('kind', 'fixed', 'surcharge', 'vat', 'feedIn', 'base') ? { tariff: tariffOf(form, number) } : {}),
    ...(differs('capacity', 'charge', 'discharge', 'loadName', 'loadKwh', 'loadKw', 'loadFrom', 'loadTo') ? { plant: plantOf(meter, form, number) } : {}),
  }
}

function known<T extends Record<string, unknown>>(entries: T): { [key in keyof T]?: NonNullable<T[key]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined)) as { [key in keyof T]?: NonNullable<T[key]> }
}

function tariffOf(form: Form, number: (name: Numbered) => number | null): Tariff | null {
  const tariff = known({
    fixed_ct_kwh: form.kind === 'fixed' ? number('fixed') : null,
    surcharge_ct_kwh: form.kind === 'spot' ? number('surcharge') : null,
    vat_percent: form.kind === 'spot' ? number('vat') : null,
    feed_in_ct_kwh: number('feedIn'),
    base_eur_year: number('base'),
  })
  return Object.keys(tariff).length > 0 ? (tariff as Tariff) : null
}

function plantOf(meter: Pick<Meter, 'facts'>, form: Form, number: (name: Numbered) => number | null): Plant | null {
  const old = (meter.facts.plant ?? {}) as Plant
  const capacity = number('capacity')
  const [first, ...others] = old.loads ?? []
  const window = form.loadFrom.trim() && form.loadTo.trim() ? `${form.loadFrom.trim()}-${form.loadTo.trim()}` : null
  const { profile_kw: _run, window: _window, ...kept } = first ?? ({} as Load)
  const load = form.loadName.trim() ? { ...kept, ...known({ name: form.loadName.trim(), energy_kwh: number('loadKwh'), max_kw: number('loadKw'), window }) } : null
  const loads = load ? [load as Load, ...others] : others
  const plant = known({
    ...old,
    battery: capacity === null ? null : { ...old.battery, capacity_kwh: capacity, charge_kw: number('charge') ?? 0, discharge_kw: number('discharge') ?? 0 },
    loads: loads.length > 0 ? loads : null,
  })
  return Object.keys(plant).length > 0 ? (plant as Plant) : null
}

/** What a meter lacks before rules can say amounts; by what is worth most. */
export function lacks(meter: Pick<Meter, 'facts' | 'kind'>): string[] {
  const { facts, kind } = meter
  const form = formOf(meter)
  return [
    ...(form.kind === 'none' && kind !== 'pv' ? ['Tarif'] : []),
    ...(kind === 'business' && !form.peak ? ['Leistungspreis'] : []),
    ...((facts.pv_kwp || kind === 'pv') && !form.feedIn ? ['Einspeisevergütung'] : []),
    ...(kind === 'battery' && !form.capacity ? ['Speicher'] : []),
  ]
}

export function hasPlant(meter: Pick<Meter, 'facts'>): boolean {
  const plant = (meter.facts.plant ?? {}) as Plant
  return Boolean(plant.battery) || (plant.loads?.length ?? 0) > 0
}
