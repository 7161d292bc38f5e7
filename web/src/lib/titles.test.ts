import { describe, expect, it } from 'vitest'
import { frontTitle, shortTitle } from './titles'

const POWER = 'Verordnung über Allgemeine Bedingungen für die Grundversorgung mit Elektrizität (StromGVV)'
const GAS = 'Verordnung über Allgemeine Bedingungen für die Grundversorgung mit Gas (GasGVV)'
const ACT = 'Gesetz über die Elektrizitäts- und Gasversorgung (EnWG 2005)'

describe('titles of laws', () => {
  it('are told apart by what stands in front', () => {
    expect(frontTitle(POWER)).toBe('StromGVV · Verordnung über Allgemeine Bedingungen für die Grundversorgung mit Elektrizität')
    expect(frontTitle(GAS).slice(0, 12)).not.toBe(frontTitle(POWER).slice(0, 12))
    expect(frontTitle(ACT)).toBe('EnWG · Gesetz über die Elektrizitäts- und Gasversorgung')
  })

  it('are short where a name is enough', () => {
    expect(shortTitle(POWER)).toBe('StromGVV')
    expect(shortTitle(ACT)).toBe('EnWG')
  })

  it('stay what they are without an abbreviation, or where they are short', () => {
    for (const title of ['Stromsteuergesetz (StromStG)', 'Leitfaden (neu)', 'Betriebsanweisung der Trafostation Nordhafen und ihrer Nebenanlagen (neu)']) {
      expect(frontTitle(title)).toBe(title)
      expect(shortTitle(title)).toBe(title)
    }
  })
})
