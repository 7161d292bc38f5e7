import { expect, it } from 'vitest'
import type { EnergyFigure, Meter, MeterSeries } from '@/api/types'
import { ALL, chosen, curveOf, dayOf, known, summable } from './day'

const figure = (name: string, value: number | null, more: Partial<EnergyFigure> = {}): EnergyFigure => ({ name, value, unit: '', meaning: '', reason: '', at: null, covered: 1, rows: 96, basis: '', text: '', ...more })
const series = (resolution: number, mean: (number | null)[], production: (number | null)[] | null = null): MeterSeries => {
  const ts = mean.map((_, row) => row * resolution)
  const values = { min: mean, mean, max: mean }
  return { meter_id: 'm', unit: 'kW', resolution, columns: { ts, ...values }, quality: {}, peak: null, production: production ? { min: production, mean: production, max: production } : null, voltage: null }
}
const last = (ts: number) => ({ ts, consumption_kw: 1, production_kw: null, quality: 'measured' })
const meter = (meter_id: string, kind: Meter['kind'], mine = false): Meter => ({ meter_id, title: '', kind, seconds: 900, simulated: false, shared: false, customer: null, mine, in_sum: ['household', 'business', 'other'].includes(kind), keep_days: null, facts: {}, last: last(1000), missing_s: null })
const ids = (found: Meter[]): string[] => found.map((one) => one.meter_id)

it('finds figures that have a value by name, and what is in the costs', () => {
  const report = { meter_id: 'm', meter_ids: ['m'], start: 0, end: 1, said: '', agreed: true, holds: 'Arbeitspreis, brutto', gaps: [], figures: [figure('energy', 12), figure('cost', null)] }
  const day = dayOf(report)
  expect([known(day, 'energy')?.value, known(day, 'cost'), known(day, 'peak'), known(undefined, 'energy'), day.holds]).toEqual([12, null, null, null, 'Arbeitspreis, brutto'])
})

it('sums curves in quarter-hours, where all are known', () => {
  const minutes = Array.from({ length: 30 }, (_, row) => (row < 15 ? 1 : row === 20 ? null : 2))
  const curve = curveOf([series(60, minutes), series(900, [3, null], [0.5, 0.5])])
  expect(curve).toEqual({ ts: [0, 900], consumption: [4, null], production: [0.5, 0.5], seconds: 900 })
  expect(curveOf([series(60, minutes)]).consumption).toEqual([1, 2])
})

it('leaves out a quarter-hour of which less than half is known, and a meter without values', () => {
  const minutes = Array.from({ length: 20 }, () => 1)
  expect(curveOf([series(60, minutes), series(60, [])]).ts).toEqual([0])
})

it('chooses the wished meter, else the own, else the one that stands for the house', () => {
  const some = [meter('pv', 'pv'), meter('home', 'household'), meter('shop', 'business')]
  expect(ids(chosen(some, 'home'))).toEqual(['home'])
  expect(ids(chosen(some, 'gone'))).toEqual(['shop'])
  expect(ids(chosen([...some, meter('mine', 'ev', true)], ''))).toEqual(['mine'])
  expect(ids(chosen(some, ALL))).toEqual(['home', 'shop'])
  expect(ids(chosen([some[0] as Meter], ALL))).toEqual(['pv'])
  expect(ids(chosen([{ ...meter('old', 'business'), last: last(0) }, { ...meter('new', 'household'), last: last(9e6) }], ''))).toEqual(['new'])
  expect(chosen([], ALL)).toEqual([])
  expect(summable(Array.from({ length: 13 }, (_, row) => meter(`m${row}`, 'household')))).toEqual([])
  expect(ids(summable([...some, { ...meter('stumm', 'household'), last: null }]))).toEqual(['home', 'shop'])
  expect(ids(summable([...some, meter('netz', 'grid')]))).toEqual(['home', 'shop'])
})
