import { describe, expect, it } from 'vitest'
import { spots, textWidth } from './labels'

describe('words at marks', () => {
  it('stand in the middle of what they mark, in one row where there is room', () => {
    const found = spots([{ at: 100, text: 'jetzt' }, { at: 300, text: 'Spitze' }], 0, 600)
    expect(found.map(({ row, shown }) => [row, shown])).toEqual([[0, true], [0, true]])
    expect(found[0]?.left).toBeCloseTo(100 - textWidth('jetzt') / 2)
  })

  it('go to another row where they would lie over each other', () => {
    expect(spots([{ at: 100, text: 'am günstigsten' }, { at: 110, text: 'Spitze' }, { at: 120, text: 'am teuersten' }], 0, 600).map(({ row }) => row)).toEqual([0, 1, 2])
  })

  it('are said once where two of the same meet', () => {
    expect(spots([{ at: 100, text: 'günstig' }, { at: 130, text: 'günstig' }, { at: 400, text: 'günstig' }], 0, 600).map(({ shown }) => shown)).toEqual([true, false, true])
  })

  it('stay within the picture and beside the name of its axis', () => {
    const [first, last] = spots([{ at: 2, text: 'jetzt' }, { at: 598, text: 'Spitze 23,9 kW' }], 40, 600)
    expect(first?.left).toBe(40)
    expect((last?.left ?? 0) + textWidth('Spitze 23,9 kW')).toBeCloseTo(600)
  })

  it('need no room without a word', () => {
    expect(spots([{ at: 100, text: '' }, { at: 100, text: 'jetzt' }], 0, 600)).toEqual([
      { left: 100, row: 0, shown: false },
      { left: 100 - textWidth('jetzt') / 2, row: 0, shown: true },
    ])
  })
})
