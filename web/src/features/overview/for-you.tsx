import { useState } from 'react'
import type { SuggestedPassage } from '@/api/types'
import { frontTitle } from '@/lib/titles'
import { SourceDrawer, type Place } from '@/source'
import { Section } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { noteOpened, useForYou } from './api'

/** Five passages that somebody may like, a line each; a press opens the document at the passage. */
export function ForYou({ user }: { user: string }) {
  const found = useForYou(user)
  const [place, setPlace] = useState<Place | null>(null)
  const items = found.data?.items ?? []
  const open = (passage: SuggestedPassage, position: number): void => {
    if (found.data) noteOpened(user, passage, found.data.list_id, position)
    setPlace(placeOf(passage))
  }
  return (
    <Section title="Für Sie" className="grid-cols-1">
      <div className="card grid grid-cols-1 p-4">
        {found.isPending ? (
          <div role="status" aria-label="Vorschläge werden geladen">
            <Skeleton className="h-16" />
          </div>
        ) : found.isError ? (
          <Fault error={found.error} onRetry={() => void found.refetch()} className="py-4" />
        ) : items.length > 0 ? (
          <ul className="-mx-2 grid grid-cols-1 gap-0.5">
            {items.map((passage, row) => (
              <li key={passage.chunk_id} className="min-w-0">
                <button type="button" onClick={() => open(passage, row + 1)} className="flex w-full min-w-0 items-baseline gap-2 rounded-control px-2 py-1.5 text-left hover:bg-sunken">
                  <span className="min-w-0 truncate text-sm font-medium">{frontTitle(passage.payload.title)}</span>
                  <span className="max-w-[45%] shrink-0 truncate text-xs text-muted">{passage.payload.section}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-muted">Noch nichts. Was zu dem passt, was Sie lesen und fragen, steht dann hier.</p>
        )}
      </div>
      <SourceDrawer place={place} onClose={() => setPlace(null)} />
    </Section>
  )
}

function placeOf({ chunk_id: chunkId, payload }: SuggestedPassage): Place {
  const { item_id: itemId, version, title, start, end, page, section } = payload
  return { itemId, version, title, start, end, page, section, score: null, chunkId }
}
