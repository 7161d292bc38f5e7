/** Two texts in; the lines that went and those that came out, in order, with some around them that stay. */

export interface ChangedLine {
  sign: '+' | '-' | ' '
  /** Where it stands: of a line that went in the old text, of any other in the new one. */
  line: number
  text: string
}

/** How long the longest common part of the rest is, from each pair of places on. */
function commonRest(old: string[], fresh: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => Array.from({ length: fresh.length + 1 }, () => 0))
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = table[i] ?? []
      row[j] = old[i] === fresh[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return table
}

/** More pairs of lines than these are not compared one by one. */
const MOST_PAIRS = 1_000_000

/** So many lines that stay are shown before a change, and after it. */
const BEFORE = 3
const AFTER = 1

export function changedLines(before: string, after: string): ChangedLine[] {
  const old = before.split('\n')
  const fresh = after.split('\n')
  let head = 0
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, fresh.length) - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1
  const same = (from: number, to: number): ChangedLine[] => fresh.slice(from, to).map((text, at) => ({ sign: ' ', line: from + at + 1, text }))
  const middle = between(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail), head)
  const all = [...same(Math.max(0, head - BEFORE), head), ...middle, ...same(fresh.length - tail, fresh.length - tail + AFTER)]
  const near = (at: number): boolean => all.slice(Math.max(0, at - AFTER), at + BEFORE + 1).some(({ sign }) => sign !== ' ')
  return all.filter((_, at) => near(at))
}

/** All lines of two texts, those that both have as such. */
function between(old: string[], fresh: string[], head: number): ChangedLine[] {
  const table = old.length * fresh.length > MOST_PAIRS ? [] : commonRest(old, fresh)
  const lines: ChangedLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < fresh.length) {
    const [gone, came] = [old[i], fresh[j]]
    if (gone !== undefined && gone === came) {
      i += 1
      j += 1
      lines.push({ sign: ' ', line: head + j, text: gone })
    } else if (gone !== undefined && (came === undefined || (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      i += 1
      lines.push({ sign: '-', line: head + i, text: gone })
    } else {
      j += 1
      lines.push({ sign: '+', line: head + j, text: came ?? '' })
    }
  }
  return lines
}
