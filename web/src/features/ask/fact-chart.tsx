import { useMemo } from 'react'
import type { Fact } from '@/api/types'
import { ChartCard } from '@/chart'
import { rangeText } from '@/series'
import { pictureOf, windowOf } from './facts'

/** The main fact of an answer, drawn; loaded with the first answer that has one. */
export default function FactChart({ fact, facts }: { fact: Fact; facts: Fact[] }) {
  const picture = useMemo(() => pictureOf(fact, facts) ?? undefined, [fact, facts])
  const window = windowOf(fact)
  if (!picture) return null
  const expected = picture.lines.some((line) => line.dashed)
  return (
    <ChartCard
      title={expected ? 'Gemessen und erwartet' : 'Verlauf'}
      {...(window ? { note: rangeText(window) } : {})}
      label={`${fact.label}: ${fact.text}`}
      picture={picture}
      filename={`angabe-${fact.fact_id.slice(0, 8)}`}
      empty={<p className="py-8 text-center text-sm text-muted">Hierzu gibt es keine Werte zu zeichnen.</p>}
      chartClass="h-56"
      className="border-line/80 p-3"
    />
  )
}
