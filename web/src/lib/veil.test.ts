import { describe, expect, it } from 'vitest'
import { isVeiled, parts, worded } from './veil'

describe('marks for personal values', () => {
  it('are said in words', () => {
    expect(worded('Herr [NAME_2MJRHG], Zähler [ZÄHLER_F8DNX8], [E-MAIL]')).toBe('Herr [Name], Zähler [Zähler], [E-Mail-Adresse]')
    expect(parts('Herr [NAME_2MJRHG]?')).toEqual([
      { text: 'Herr ', veiled: false },
      { text: 'Name', veiled: true },
      { text: '?', veiled: false },
    ])
  })

  it('are told from other brackets', () => {
    expect(isVeiled('Frist [1], [sic], [NAME_2MJ], [Name]')).toBe(false)
    expect(worded('')).toBe('')
  })
})
