import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Gap } from '@/api/types'
import { formatCount, formatShare, formatTime, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, Skeleton, SkeletonRows } from '@/ui/states'
import { useGap, useGaps } from './alerts/alerts-api'
import { NewTicket } from './tickets/new-ticket'
import { Questions } from './questions'
import type { OnSearch, QualitySearch } from './search'

const RARE = 'seltene Wörter (nicht gezeigt)'

/** What people ask and the documents do not answer, in clusters, the weightiest first. */
export function GapsTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const state = search.stand === 'geschlossen' ? 'closed' : 'open'
  const found = useGaps(state)
  const tone = useTone()
  return (
    <div className="grid gap-4">
      <Segmented
        label="Stand"
        value={state}
        onChange={(next) => onSearch({ stand: next === 'closed' ? 'geschlossen' : undefined })}
        options={[
          { value: 'open', label: 'Offen' },
          { value: 'closed', label: 'Geschlossen' },
        ]}
      />
      {!found.data ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
      ) : found.data.gaps.length === 0 ? (
        <Empty className="card" title={state === 'open' ? 'Keine Wissenslücken' : 'Noch keine geschlossene Lücke'}>
          {state === 'open' ? tone('Entweder wissen Ihre Unterlagen alles, oder es fragt noch niemand.', 'Lücken entstehen, wenn ähnliche Fragen wiederholt schwach beantwortet werden.') : 'Eine Lücke schließt sich, wenn ihre Fragen beantwortet werden.'}
        </Empty>
      ) : (
        <ul className="card divide-y divide-line" aria-label="Wissenslücken">
          {found.data.gaps.map((gap) => (
            <li key={gap.gap_id}>
              <button type="button" onClick={() => onSearch({ luecke: gap.gap_id })} className="grid w-full gap-1.5 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
                <span className="flex flex-wrap gap-1.5">
                  {gap.terms.length > 0 ? gap.terms.slice(0, 6).map((term) => <Tag key={term}>{term}</Tag>) : <span className="text-sm text-muted">{RARE}</span>}
                </span>
                <span className="num text-xs text-muted">
                  {plural(gap.questions, 'Frage', 'Fragen')} von {plural(gap.people, 'Person', 'Personen')} · zuletzt {formatTime(gap.last_at)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {found.data && found.data.total > found.data.gaps.length ? <p className="num text-xs text-muted">Die gewichtigsten {formatCount(found.data.gaps.length)} von {formatCount(found.data.total)}.</p> : null}
      <GapDrawer gapId={search.luecke} onClose={() => onSearch({ luecke: undefined })} onTicket={(ticket) => onSearch({ teil: 'tickets', luecke: undefined, ticket })} />
    </div>
  )
}

function GapDrawer({ gapId, onClose, onTicket }: { gapId: string | undefined; onClose: () => void; onTicket: (ticketId: string) => void }) {
  const found = useGap(gapId)
  const [adding, setAdding] = useState(false)
  const gap = found.data
  return (
    <Drawer open={gapId !== undefined} onClose={onClose} title="Wissenslücke" description={gap ? `${plural(gap.questions, 'Frage', 'Fragen')}, Schwäche ${formatShare(gap.weakness)} (100 %: keine Antwort)` : null}>
      {found.isError && !gap ? (
        <Fault error={found.error} onRetry={() => void found.refetch()} />
      ) : gap ? (
        <div className="grid gap-4">
          <p className="flex flex-wrap gap-1.5">
            {gap.terms.length > 0 ? gap.terms.map((term) => <Tag key={term}>{term}</Tag>) : <span className="text-sm text-muted">{RARE}</span>}
          </p>
          <Questions questions={gap.asked} total={gap.questions} />
          {gap.state === 'open' ? (
            <Button className="w-fit" onClick={() => setAdding(true)}>
              <Plus aria-hidden /> Ticket eröffnen
            </Button>
          ) : null}
          <NewTicket open={adding} onClose={() => setAdding(false)} onOpened={onTicket} gapId={gap.gap_id} title={titleOf(gap)} />
        </div>
      ) : (
        <Skeleton className="h-64" />
      )}
    </Drawer>
  )
}

function titleOf(gap: Gap): string {
  return gap.terms.length > 0 ? `Unterlagen fehlen zu: ${gap.terms.slice(0, 4).join(', ')}` : 'Unterlagen fehlen'
}
