/** Stored text counts characters as code points; JavaScript counts UTF-16 units. These helpers bridge the two. */

/** The part from `start` to `end`, both counted in code points. */
export function sliceChars(text: string, start: number, end: number): string {
  // Without surrogate pairs both countings agree, and the plain slice is fast.
  return /[\uD800-\uDBFF]/.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end)
}

export function countChars(text: string): number {
  return /[\uD800-\uDBFF]/.test(text) ? Array.from(text).length : text.length
}

export type LineKind = 'heading' | 'table' | 'text' | 'blank'

export interface Piece {
  text: string
  marked: boolean
}

export interface Line {
  kind: LineKind
  start: number
  pieces: Piece[]
}

function kindOf(line: string): LineKind {
  if (line.trim() === '') return 'blank'
  if (/^#{1,6}\s/.test(line)) return 'heading'
  return /^\s*\|.*\|\s*$/.test(line) ? 'table' : 'text'
}

function split(line: string, from: number, to: number): Piece[] {
  const pieces = [
    { text: line.slice(0, from), marked: false },
    { text: line.slice(from, to), marked: true },
    { text: line.slice(to), marked: false },
  ]
  return pieces.filter((piece) => piece.text !== '')
}

/**
 * Lines of `text` (which begins at `offset` of the stored text), with the span `mark` marked in them.
 * Heading signs and emphasis of Markdown are left out of what is shown.
 */
export function layLines(text: string, offset: number, mark: { start: number; end: number } | null): Line[] {
  const lines: Line[] = []
  let position = offset
  for (const raw of text.split('\n')) {
    const length = countChars(raw)
    const from = mark ? Math.min(length, Math.max(0, mark.start - position)) : 0
    const to = mark ? Math.min(length, Math.max(0, mark.end - position)) : 0
    const kind = kindOf(raw)
    const pieces = to > from ? split(raw, sliceChars(raw, 0, from).length, sliceChars(raw, 0, to).length) : split(raw, 0, 0)
    lines.push({ kind, start: position, pieces: kind === 'heading' ? withoutSigns(pieces) : pieces.map(withoutEmphasis) })
    position += length + 1
  }
  return lines
}

function withoutSigns(pieces: Piece[]): Piece[] {
  return pieces.map((piece, index) => (index === 0 ? { ...piece, text: piece.text.replace(/^#{1,6}\s+/, '') } : piece))
}

function withoutEmphasis(piece: Piece): Piece {
  return { ...piece, text: piece.text.replace(/\*\*/g, '') }
}

/** A sentence without the machine's marks for its sources. */
export function withoutMarks(text: string): string {
  return text.replace(/\s*\[chunk [^\]]*\]/g, '').trim()
}
