/** Stored text counts characters as code points; JavaScript counts UTF-16 units. These helpers bridge the two. */

import { worded } from './veil'

/** The part from `start` to `end`, both counted in code points. */
export function sliceChars(text: string, start: number, end: number): string {
  // Without surrogate pairs both countings agree, and the plain slice is fast.
  return /[\uD800-\uDBFF]/.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end)
}

export function countChars(text: string): number {
  return /[\uD800-\uDBFF]/.test(text) ? Array.from(text).length : text.length
}

export type LineKind = 'heading' | 'table' | 'item' | 'text' | 'blank'

export interface Piece {
  text: string
  marked: boolean
}

export interface Line {
  kind: LineKind
  start: number
  pieces: Piece[]
}

interface Raw {
  kind: LineKind
  start: number
  text: string
}

/** The narrowest column a text is broken to: a line that had room for the next word below this width was ended on purpose. */
const COLUMN = 60
const SIGNS = /^#{1,6}\s+/
const ITEM = /^\s*(?:[-*•–]|\d{1,3}\\?[.)]|[a-z]{1,2}\))\s/
const CLAUSE = /^\s*\(\d+[a-z]?\)\s/

function kindOf(line: string, titles: ReadonlySet<string>): LineKind {
  const words = line.trim()
  if (words === '') return 'blank'
  if (SIGNS.test(line) || titles.has(words)) return 'heading'
  if (/^\|.*\|$/.test(words)) return 'table'
  return ITEM.test(line) ? 'item' : 'text'
}

/** Whether a line goes on in the next one: its next word would not have fitted any more. */
function goesOn(line: string, next: string): boolean {
  const word = /\S+/.exec(next)?.[0] ?? ''
  return line.trim() !== '' && line.length + 1 + word.length >= COLUMN && !CLAUSE.test(next)
}

/** Lines of one paragraph are put together; a line break becomes a blank, so that every offset stays. */
function paragraphs(text: string, offset: number, titles: ReadonlySet<string>): Raw[] {
  const found: Raw[] = []
  let position = offset
  let before = ''
  for (const line of text.split('\n')) {
    const kind = kindOf(line, titles)
    const last = found.at(-1)
    if (last && kind === 'text' && (last.kind === 'text' || last.kind === 'item') && goesOn(before, line)) last.text += ` ${line}`
    else if (kind !== 'blank' || last?.kind !== 'blank') found.push({ kind, start: position, text: line })
    position += countChars(line) + 1
    before = line
  }
  return found
}

function split(line: string, from: number, to: number): Piece[] {
  const pieces = [
    { text: line.slice(0, from), marked: false },
    { text: line.slice(from, to), marked: true },
    { text: line.slice(to), marked: false },
  ]
  return pieces.filter((piece) => piece.text !== '')
}

function cut({ text, start }: Raw, mark: { start: number; end: number } | null): Piece[] {
  const length = countChars(text)
  const from = mark ? Math.min(length, Math.max(0, mark.start - start)) : 0
  const to = mark ? Math.min(length, Math.max(0, mark.end - start)) : 0
  return to > from ? split(text, sliceChars(text, 0, from).length, sliceChars(text, 0, to).length) : split(text, 0, 0)
}

const NO_TITLES: ReadonlySet<string> = new Set()

/**
 * Paragraphs of `text` (which begins at `offset` of the stored text), with the span `mark` marked in them.
 * `titles` are lines known to be headings; heading signs and emphasis of Markdown are left out of what is shown.
 */
export function layLines(text: string, offset: number, mark: { start: number; end: number } | null, titles = NO_TITLES): Line[] {
  return paragraphs(text, offset, titles).map((raw) => {
    const pieces = cut(raw, mark)
    return { kind: raw.kind, start: raw.start, pieces: raw.kind === 'heading' ? withoutSigns(pieces) : pieces.map(plain) }
  })
}

function withoutSigns(pieces: Piece[]): Piece[] {
  return pieces.map((piece, index) => (index === 0 ? { ...piece, text: piece.text.replace(SIGNS, '') } : piece))
}

/** Without the emphasis and the escapes of Markdown. */
function plain(piece: Piece): Piece {
  return { ...piece, text: piece.text.replace(/\*\*/g, '').replace(/\\([.\-()[\]#*_+>|])/g, '$1') }
}

/** A text without the machine's marks for its sources and data. */
export function withoutMarks(text: string): string {
  return text.replace(/\s*\[(?:chunk|data) [^\]]*\]/g, '').trim()
}

const NEXT = /\n\nAls Nächstes könnten Sie fragen: .*$/s

/** What a kept answer says, in one line: no marks, no proposal of what to ask next. */
export function gist(answer: string): string {
  return worded(withoutMarks(answer.replace(NEXT, '')))
}
