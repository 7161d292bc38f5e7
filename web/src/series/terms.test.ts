import { describe, expect, it } from 'vitest'
import { parseNumber, readTerms, termsOf, writeNumber } from './terms'

describe('what is paid', () => {
  it('reads a German number within what the API takes', () => {
    expect(['32,5', ' -4 ', '', '1.234,5', '12ct', '1001'].map((text) => parseNumber(text, 'fixed_ct_kwh'))).toEqual([32.5, -4, undefined, null, null, null])
    expect(parseNumber('-1', 'co2_g_kwh')).toBeNull()
    expect(writeNumber(32.5)).toBe('32,5')
  })

  it('keeps only numbers that hold, whatever was stored', () => {
    expect(readTerms('{"fixed_ct_kwh":31.2,"surcharge_ct_kwh":"5","co2_g_kwh":-3,"other":1}')).toEqual({ fixed_ct_kwh: 31.2 })
    expect([readTerms('no JSON'), readTerms(''), readTerms('null'), termsOf(undefined), termsOf([1])]).toEqual([{}, {}, {}, {}, {}])
  })
})
