import { expect, it } from 'vitest'
import { changeOf, faultsOf, formOf, hasPlant, lacks, readNumber } from './facts'

const shop = { kind: 'business' as const, facts: { tariff: { surcharge_ct_kwh: 14.5, vat_percent: 19 }, plant: { battery: { capacity_kwh: 20, charge_kw: 10, discharge_kw: 8, soc_min: 0.1 }, loads: [{ name: 'Ofen', energy_kwh: 12, max_kw: 6, window: '22:00-06:00' }, { name: 'Kühlung' }], grid: { import_limit_kw: 30 } }, region: 'Jena' } }

it('reads German numbers only', () => {
  expect(['12,5', ' 3 ', '0', '-1', '1.000,5', 'x', ''].map((one) => readNumber(one))).toEqual([12.5, 3, 0, null, null, null, null])
  expect(readNumber('-1,5', -10)).toBe(-1.5)
})

it('shows what is known and changes only what was changed', () => {
  const form = formOf(shop)
  expect(form).toMatchObject({ kind: 'spot', surcharge: '14,5', vat: '19', capacity: '20', loadName: 'Ofen', loadFrom: '22:00', loadTo: '06:00', region: 'Jena', peak: '' })
  expect(faultsOf(form)).toEqual({})
  expect(changeOf(shop, form)).toEqual({})
  expect(changeOf(shop, { ...form, peak: '120,5', region: ' ' })).toEqual({ peak_eur_kw: 120.5, region: null })
})

it('changes the tariff as a whole, and takes it away', () => {
  const form = formOf(shop)
  expect(changeOf(shop, { ...form, kind: 'fixed', fixed: '32', feedIn: '8,03' })).toEqual({ tariff: { fixed_ct_kwh: 32, feed_in_ct_kwh: 8.03 } })
  expect(changeOf(shop, { ...form, kind: 'none' })).toEqual({ tariff: null })
})

it('keeps what the form does not know of a plant', () => {
  const form = formOf(shop)
  expect(changeOf(shop, { ...form, capacity: '25', loadTo: '05:00' })).toEqual({
    plant: {
      battery: { capacity_kwh: 25, charge_kw: 10, discharge_kw: 8, soc_min: 0.1 },
      loads: [{ name: 'Ofen', energy_kwh: 12, max_kw: 6, window: '22:00-05:00' }, { name: 'Kühlung' }],
      grid: { import_limit_kw: 30 },
    },
  })
  expect(changeOf({ facts: {} }, { ...formOf({ facts: {} }), capacity: '5', charge: '2', discharge: '2' })).toEqual({ plant: { battery: { capacity_kwh: 5, charge_kw: 2, discharge_kw: 2 } } })
})

it('says which fields are wrong or still missing', () => {
  const empty = formOf({ facts: {} })
  expect(faultsOf(empty)).toEqual({})
  expect(Object.keys(faultsOf({ ...empty, kind: 'fixed', vat: '120', peak: 'viel', capacity: '5', loadName: 'Ofen', loadFrom: '22:10' })).toSorted()).toEqual(['charge', 'discharge', 'fixed', 'loadFrom', 'loadKw', 'loadKwh', 'loadTo', 'peak', 'vat'])
})

it('knows what recommendations still wait for', () => {
  expect(lacks(shop)).toEqual(['Leistungspreis'])
  expect(lacks({ kind: 'household', facts: { pv_kwp: 6 } })).toEqual(['Tarif', 'Einspeisevergütung'])
  expect(lacks({ kind: 'pv', facts: {} })).toEqual(['Einspeisevergütung'])
  expect([hasPlant(shop), hasPlant({ facts: {} }), hasPlant({ facts: { plant: { grid: {} } } })]).toEqual([true, false, false])
})
