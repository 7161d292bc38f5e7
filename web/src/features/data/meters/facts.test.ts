import { describe, expect, it } from 'vitest'
import { factsForm, readFacts, readNumber } from './facts'

const meter = {
  facts: { region: 'DE', pv_kwp: 9.5, persons: 3, tariff: { fixed_ct_kwh: 28.5, feed_in_ct_kwh: 8.03 }, plant: { battery: { capacity_kwh: 10, charge_kw: 5, discharge_kw: 5, soc_min: 0.1 }, loads: [{ name: 'Auto' }] } },
}

describe('readNumber', () => {
  it('reads what people type', () => {
    expect(['28,5', '1.234,5', '28.5', ' 7 ', '-3', ''].map(readNumber)).toEqual([28.5, 1234.5, 28.5, 7, -3, null])
    expect(readNumber('28,5 ct')).toBeNaN()
    expect(readNumber('1e5')).toBeNaN()
  })
})

describe('readFacts', () => {
  it('sends nothing when nothing changed', () => expect(readFacts(factsForm(meter), meter)).toEqual({ change: null, faults: {} }))

  it('sends a group whole and leaves the rest', () => {
    expect(readFacts({ ...factsForm(meter), fixed_ct_kwh: '30', pv_kwp: '' }, meter).change).toEqual({ pv_kwp: null, tariff: { fixed_ct_kwh: 30, surcharge_ct_kwh: null, feed_in_ct_kwh: 8.03, vat_percent: null } })
  })

  it('keeps what it does not show of a plant', () => {
    const form = factsForm(meter)
    expect(readFacts({ ...form, capacity_kwh: '12' }, meter).change).toEqual({ plant: { loads: [{ name: 'Auto' }], battery: { capacity_kwh: 12, charge_kw: 5, discharge_kw: 5, soc_min: 0.1 } } })
    expect(readFacts({ ...form, capacity_kwh: '', charge_kw: '', discharge_kw: '' }, meter).change).toEqual({ plant: { loads: [{ name: 'Auto' }] } })
  })

  it('names what is wrong', () => {
    const read = readFacts({ ...factsForm({ facts: {} }), charge_kw: '5', vat_percent: '190', region: '<x>' }, { facts: {} })
    expect(read.change).toBeNull()
    expect(Object.keys(read.faults).toSorted()).toEqual(['capacity_kwh', 'discharge_kw', 'region', 'vat_percent'])
  })

  it('removes a tariff without any price', () => {
    expect(readFacts({ ...factsForm(meter), fixed_ct_kwh: '', feed_in_ct_kwh: '' }, meter).change).toEqual({ tariff: null })
  })
})
