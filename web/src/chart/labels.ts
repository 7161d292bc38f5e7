/** Words at marks of a picture in, where each stands out: none over another, none beyond the picture's edge, no word twice side by side. */

/** About what a letter of the pictures' size takes, in pixels. */
const LETTER = 6.3
const GAP = 6

export interface Word {
  /** Where it should stand: its middle, in pixels from the left of the plot. */
  at: number
  text: string
}

export interface Spot {
  /** Where it begins, in pixels from the left of the plot. */
  left: number
  row: number
  shown: boolean
}

export function textWidth(text: string): number {
  return text.length * LETTER
}

/** Each word in the first row where it has room; what its neighbour says already is left out. */
export function spots(words: Word[], from: number, to: number): Spot[] {
  const taken: (Spot & { text: string; right: number })[] = []
  for (const { at, text } of words) {
    const width = textWidth(text)
    const left = Math.max(from, Math.min(at - width / 2, to - width))
    const near = taken.filter((one) => one.shown && left < one.right + GAP && one.left < left + width + GAP)
    const rows = new Set(near.map(({ row }) => row))
    const row = [0, 1, 2, 3, 4].find((free) => !rows.has(free)) ?? 0
    taken.push({ left, row, right: left + width, text, shown: text !== '' && !near.some((one) => one.text === text) })
  }
  return taken.map(({ left, row, shown }) => ({ left, row, shown }))
}
