import { useQueryClient } from '@tanstack/react-query'
import { CloudDownload, FolderInput, Inbox, Orbit, Pause, Play, Plug, RadioTower, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { Feed } from '@/api/types'
import { formatAgo, formatTime, plural } from '@/lib/format'
import { useNow } from '@/series'
import { StateBadge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { renew, switchFeed, useFeeds } from '../api'
import type { DataChange } from '../meters/search'
import { feedState, inOrder, sourceName, sourceOffers } from '../words'

const SIGNS: Record<string, LucideIcon> = { drop: FolderInput, mqtt: RadioTower, pull: CloudDownload, push: Inbox, simulator: Orbit }

/** Where rows come from by themselves: how each source stands, its newest delivery and its last fault. */
export function FeedsCard({ onSearch, onConnect }: { onSearch: (next: DataChange) => void; onConnect: () => void }) {
  const feeds = useFeeds()
  return (
    <section className="card grid min-w-0 content-start overflow-hidden" aria-label="Datenquellen">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="text-sm font-semibold">Datenquellen</h2>
        <Button size="sm" onClick={onConnect}>
          <Plug aria-hidden /> Quelle anbinden
        </Button>
      </div>
      {feeds.isPending ? <SkeletonRows rows={3} /> : null}
      {feeds.isError ? <Fault error={feeds.error} onRetry={() => void feeds.refetch()} /> : null}
      {feeds.data?.feeds.length === 0 ? <Empty title="Keine Datenquelle">Es ist noch keine Quelle eingerichtet.</Empty> : null}
      {feeds.data && feeds.data.feeds.length > 0 ? (
        <ul className="divide-y divide-line">
          {inOrder(feeds.data.feeds).map((feed) => (
            <li key={feed.name}>
              <FeedRow feed={feed} onSearch={onSearch} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function FeedRow({ feed, onSearch }: { feed: Feed; onSearch: (next: DataChange) => void }) {
  const now = useNow()
  const Sign = SIGNS[feed.kind] ?? Inbox
  const name = sourceName(feed.name)
  return (
    <div className="grid grid-cols-[auto_1fr_auto] items-start gap-x-3 gap-y-1 px-4 py-3">
      <Sign className="mt-0.5 size-5 text-muted" aria-hidden />
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-sm font-medium">{name}</span>
          <StateBadge word={feedState(feed)} />
        </p>
        <p className="text-xs text-muted">{sourceOffers(feed.name)}</p>
        <p className="num text-xs text-muted">
          {feed.last_at ? (
            <>
              Zuletzt <span title={formatTime(feed.last_at)}>{formatAgo(feed.last_at, new Date(now * 1000))}</span> · {plural(feed.rows, 'Zeile', 'Zeilen')}
            </>
          ) : (
            'Noch nichts geliefert'
          )}
          {feed.last_at ? (
            <>
              {' · '}
              <button type="button" className="text-brand underline underline-offset-3" aria-label={`Lieferungen: ${name}`} onClick={() => onSearch({ ansicht: 'lieferungen', quelle: feed.name, blatt: undefined })}>
                Lieferungen
              </button>
            </>
          ) : null}
        </p>
        {feed.last_error ? (
          <p className="flex items-start gap-1.5 text-xs text-bad">
            <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
            <span className="num min-w-0 [overflow-wrap:anywhere]">
              {feed.last_error}
              {feed.error_at ? ` (${formatTime(feed.error_at)})` : ''}
            </span>
          </p>
        ) : null}
      </div>
      {feed.name === 'push' || feed.name === 'simulator' || (!feed.configured && !feed.enabled) ? <span /> : <Switch feed={feed} />}
    </div>
  )
}

function Switch({ feed }: { feed: Feed }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const name = sourceName(feed.name)
  const press = async (): Promise<void> => {
    setBusy(true)
    try {
      await switchFeed(feed.name, feed.enabled ? 'stop' : 'start')
      toast(feed.enabled ? `${name} ist angehalten.` : `${name} läuft und macht dort weiter, wo die Quelle stand.`)
    } catch (error) {
      toastFault(error)
    } finally {
      setBusy(false)
      renew(queries)
    }
  }
  return (
    <IconButton label={feed.enabled ? `${name} anhalten` : `${name} starten`} size="icon-sm" look="outline" disabled={busy} onClick={() => void press()}>
      {feed.enabled ? <Pause aria-hidden /> : <Play aria-hidden />}
    </IconButton>
  )
}
