import { useQueryClient } from '@tanstack/react-query'
import { Keyboard, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ReviewCounts, ReviewRow } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatAgo, formatCount } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Kbd } from '@/ui/kbd'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { Guide } from './guide'
import { KEYS } from './keys'
import { fillQueue, useQueue } from './review-api'
import { ReviewEntry } from './review-entry'
import { REASONS, type ReviewReason, type TalkSearch } from './search'
import { REASON_WORDS } from './words'

interface Props {
  search: TalkSearch
  onSearch: (next: { [key in keyof TalkSearch]: TalkSearch[key] | undefined }) => void
}

/** The editorial queue: on the left what waits, on the right the answer that is being looked at. */
export function ReviewTab({ search, onSearch }: Props) {
  const queue = useQueue(search.grund)
  const [help, setHelp] = useState(false)
  const rows = queue.data?.reviews ?? []
  const at = rows.findIndex((row) => row.review_id === search.eintrag)
  const open = (row: ReviewRow | undefined): void => onSearch({ eintrag: row?.review_id })
  if (!queue.data) return queue.isError ? <Fault error={queue.error} onRetry={() => void queue.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  return (
    <div className="grid gap-4">
      <OldNews found={queue} />
      <Bar counts={queue.data.counts} reason={search.grund} onReason={(grund) => onSearch({ grund, eintrag: undefined })} onHelp={() => setHelp(true)} />
      <Guide />
      {rows.length === 0 && !search.eintrag ? (
        <Nothing filtered={search.grund !== undefined} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(240px,340px)_1fr]">
          <div className={cn('grid gap-2', search.eintrag && 'hidden lg:grid')}>
            <QueueList rows={rows} chosen={search.eintrag} onOpen={open} />
            {queue.data.total > rows.length ? <p className="num px-1 text-xs text-muted">Die dringendsten {formatCount(rows.length)} von {formatCount(queue.data.total)}; weitere rücken nach.</p> : null}
          </div>
          <ReviewEntry
            key={search.eintrag ?? 'none'}
            reviewId={search.eintrag}
            onStep={(step) => open(rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)])}
            onDone={() => open(rows[at + 1] ?? rows[at - 1])}
            onAgain={(eintrag) => onSearch({ eintrag })}
            onTalk={(gespraech) => onSearch({ teil: undefined, eintrag: undefined, grund: undefined, gespraech })}
            onClose={() => open(undefined)}
          />
        </div>
      )}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function Bar({ counts, reason, onReason, onHelp }: { counts: ReviewCounts; reason: ReviewReason | undefined; onReason: (reason: ReviewReason | undefined) => void; onHelp: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div role="group" aria-label="Gründe" className="flex flex-wrap gap-1.5">
        {REASONS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={reason === one}
            onClick={() => onReason(reason === one ? undefined : one)}
            className="h-8 rounded-full border border-line px-3 text-xs font-medium text-muted hover:border-field hover:text-ink aria-pressed:border-brand aria-pressed:bg-brand-soft aria-pressed:text-brand"
          >
            {REASON_WORDS[one]}
          </button>
        ))}
      </div>
      <p className="num text-xs text-muted">
        {formatCount(counts.open)} offen · {formatCount(counts.accepted + counts.changed + counts.rejected)} entschieden
      </p>
      <Button size="sm" look="ghost" className="ml-auto" onClick={onHelp}>
        <Keyboard aria-hidden /> Tasten
      </Button>
    </div>
  )
}

function QueueList({ rows, chosen, onOpen }: { rows: ReviewRow[]; chosen: string | undefined; onOpen: (row: ReviewRow) => void }) {
  return (
    <ol aria-label="Wartende Antworten" className="card scroll-thin max-h-[70dvh] divide-y divide-line overflow-y-auto">
      {rows.map((row) => (
        <li key={row.review_id}>
          <button
            type="button"
            aria-current={row.review_id === chosen ? 'true' : undefined}
            onClick={() => onOpen(row)}
            className="grid w-full gap-1 px-4 py-2.5 text-left hover:bg-sunken focus-visible:-outline-offset-2 aria-[current]:bg-brand-soft"
          >
            <span className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">{row.question}</span>
            <span className="flex flex-wrap items-center gap-1.5">
              {row.reasons.map((reason) => (
                <Tag key={reason}>{REASON_WORDS[reason]}</Tag>
              ))}
              <span className="num text-2xs text-muted">{formatAgo(row.asked_at)}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const tone = useTone()
  const queries = useQueryClient()
  const { busy, send } = useSending(toastFault)
  const look = async (): Promise<void> => {
    await fillQueue()
    toast('Die Durchsicht wird gefüllt', 'ok', 'Das dauert einige Sekunden.')
    setTimeout(() => void queries.invalidateQueries({ queryKey: ['reviews'] }), 3000)
  }
  return (
    <Empty
      className="card"
      title={filtered ? 'Mit diesem Grund wartet nichts' : 'Nichts zur Durchsicht'}
      action={
        <Button busy={busy} onClick={() => void send(look)}>
          <RefreshCw aria-hidden /> Jetzt nachsehen
        </Button>
      }
    >
      {tone('Entweder ist alles richtig, oder es hat noch niemand widersprochen.', 'Neue Antworten kommen stündlich hinzu.')}
    </Empty>
  )
}

function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const rows = [...KEYS.map(({ key, says }) => [key, says] as const), ['1 bis 5', 'bewerten (5 ist am besten)'] as const]
  return (
    <Dialog open={open} onClose={onClose} title="Tasten der Durchsicht">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-sm">
        {rows.map(([key, says]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
