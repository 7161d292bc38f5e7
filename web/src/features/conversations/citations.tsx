import { useState } from 'react'
import { SourceDrawer, type Place } from '@/source'

/** What an answer cites; each place opens where it stands. */
export function Citations({ citations }: { citations: Record<string, unknown>[] }) {
  const [place, setPlace] = useState<Place | null>(null)
  if (citations.length === 0) return <p className="text-sm text-muted">Ohne Belege.</p>
  return (
    <>
      <ul aria-label="Belege" className="grid gap-2">
        {citations.map((raw, index) => {
          const source = placeOf(raw)
          return (
            <li key={index} className="grid justify-items-start gap-1 border-l-2 border-gold pl-3">
              <button type="button" className="text-left text-xs font-medium text-brand hover:underline" onClick={() => setPlace(source)}>
                {[source.title, source.section, source.page === null ? '' : `Seite ${source.page}`].filter(Boolean).join(' · ')}
              </button>
              <span className="line-clamp-3 text-sm text-muted">{String(raw.quote ?? '')}</span>
            </li>
          )
        })}
      </ul>
      <SourceDrawer place={place} onClose={() => setPlace(null)} />
    </>
  )
}

/** A citation as it was kept with the answer. */
export function placeOf(raw: Record<string, unknown>): Place {
  return {
    itemId: String(raw.item_id ?? ''),
    version: Number(raw.version ?? 1),
    title: String(raw.title ?? 'Quelle'),
    start: Number(raw.start ?? 0),
    end: Number(raw.end ?? 0),
    page: typeof raw.page === 'number' ? raw.page : null,
    section: String(raw.section ?? ''),
    score: null,
    chunkId: typeof raw.chunk_id === 'string' ? raw.chunk_id : null,
  }
}
