import { describe, expect, it } from 'vitest'
import { layLines, sliceChars, withoutMarks } from './text'

const shown = (text: string, offset: number, mark: { start: number; end: number } | null): string =>
  layLines(text, offset, mark)
    .map((line) => line.pieces.map((piece) => (piece.marked ? `<${piece.text}>` : piece.text)).join(''))
    .join('\n')

describe('sliceChars', () => {
  it('counts code points, as the server does', () => {
    expect(sliceChars('a😀bc', 1, 3)).toBe('😀b')
    expect(sliceChars('äöü', 1, 2)).toBe('ö')
  })
})

describe('layLines', () => {
  it('marks a span that runs over lines', () => expect(shown('eins\nzwei\ndrei', 0, { start: 2, end: 11 })).toBe('ei<ns>\n<zwei>\n<d>rei'))

  it('knows where the slice begins in the whole text', () => expect(shown('eins zwei', 100, { start: 105, end: 109 })).toBe('eins <zwei>'))

  it('hits the right characters behind an emoji', () => expect(shown('😀😀 hier steht es', 0, { start: 3, end: 7 })).toBe('😀😀 <hier> steht es'))

  it('leaves a mark outside of the slice alone', () => expect(shown('eins', 0, { start: 50, end: 60 })).toBe('eins'))

  it('shows headings and emphasis without their signs', () => {
    const lines = layLines('## § 14a **Steuerung**\n\n| a | b |\nText', 0, null)
    expect(lines.map((line) => line.kind)).toEqual(['heading', 'blank', 'table', 'text'])
    expect(shown('## § 14a\nein **wichtiges** Wort', 0, null)).toBe('§ 14a\nein wichtiges Wort')
  })

  it('puts lines together that were broken for their width, and only those', () => {
    const long = 'Das Fernwärmeversorgungsunternehmen hat in leicht zugänglicher'
    const text = `${long}\nForm zu veröffentlichen:\n1. die ${long}\nund Preise,\n2. Verweise\nkurz\nkurz`
    expect(layLines(text, 0, null).map((line) => [line.kind, line.pieces.map((piece) => piece.text).join('')])).toEqual([
      ['text', `${long} Form zu veröffentlichen:`],
      ['item', `1. die ${long} und Preise,`],
      ['item', '2. Verweise'],
      ['text', 'kurz'],
      ['text', 'kurz'],
    ])
    expect(shown('Sie gilt nicht, wenn der Kunde darlegt. Das\nFernwärmeversorgungsunternehmen mahnt.', 0, null)).not.toContain('\n')
    expect(shown(`${long}\n(2) Nächster Absatz`, 0, null)).toContain('\n(2)')
    const at = text.indexOf('Form')
    expect(shown(text, 0, { start: at - 5, end: at + 4 })).toContain('<cher Form>')
  })

  it('takes Markdown escapes for what they mean and needless blank lines for one', () => {
    expect(shown('am 26\\. Juni\n\n\n\nEnde', 0, null)).toBe('am 26. Juni\n\nEnde')
  })

  it('knows a heading by its title', () => {
    expect(layLines('§ 1a Pflichten\nText', 0, null, new Set(['§ 1a Pflichten']))[0]?.kind).toBe('heading')
  })

  it('never loses a character of plain text', () => {
    const text = 'a\n\nb 😀 c\nd'
    for (let start = 0; start < 10; start += 1) {
      for (let end = start; end <= 10; end += 1) expect(shown(text, 0, { start, end }).replace(/[<>]/g, '')).toBe(text)
    }
  })
})

describe('withoutMarks', () => {
  it('removes what is meant for machines', () => expect(withoutMarks('Ein Satz. [chunk 4444-aa] [chunk 5]')).toBe('Ein Satz.'))
})
