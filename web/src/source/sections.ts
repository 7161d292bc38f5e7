/** Where a passage stands among the sections around it. */

import type { SourceSection } from '@/api/types'
import type { Span } from './api'

/** The innermost section that holds the position, as an index; -1 when none does. */
export function sectionAt(sections: SourceSection[], position: number): number {
  let best = -1
  sections.forEach((section, index) => {
    const holds = position >= section.start && position < section.end
    const known = best < 0 ? undefined : sections[best]
    if (holds && (!known || section.end - section.start <= known.end - known.start)) best = index
  })
  return best
}

export interface Neighbours {
  before: SourceSection | null
  here: SourceSection | null
  after: SourceSection | null
}

export function neighbours(sections: SourceSection[], position: number): Neighbours {
  const ordered = sections.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const index = sectionAt(ordered, position)
  const here = ordered[index] ?? null
  if (!here) {
    return { before: ordered.findLast((s) => s.end <= position) ?? null, here: null, after: ordered.find((s) => s.start > position) ?? null }
  }
  return { before: ordered.findLast((s) => s.start < here.start) ?? null, here, after: ordered.find((s) => s.start >= here.end) ?? null }
}

/** What to show of a section: all of it, or the part around the passage when it is very long. */
export function visible(section: SourceSection | null, got: Span, mark: Span): Span {
  const start = section ? Math.max(section.start, got.start) : got.start
  const end = section ? Math.min(section.end, got.end) : got.end
  return mark.start >= start && mark.end <= end ? { start, end } : { start: Math.min(start, mark.start), end: Math.max(end, Math.min(mark.end, got.end)) }
}

export function sectionName(section: SourceSection): string {
  const words = section.title.startsWith(section.label) ? section.title : `${section.label} ${section.title}`
  return words.trim() || section.path.at(-1) || 'Abschnitt'
}
