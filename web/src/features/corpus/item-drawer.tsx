import { useQueryClient } from '@tanstack/react-query'
import { Download, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ItemDetail } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatBytes, formatCount, formatDay, formatTime, plural } from '@/lib/format'
import { itemState, kindName } from '@/lib/words'
import { originalFile } from '@/source'
import { StateBadge } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { DeleteButton } from '@/ui/delete-button'
import { Drawer } from '@/ui/dialog'
import { FactList } from '@/ui/facts'
import { Fault, Skeleton } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { toast, toastFault } from '@/ui/toast'
import { deleteItem, reindex, useItem } from './api'
import { ChunkViewer } from './chunk-viewer'
import { ItemForm } from './item-form'

interface ItemDrawerProps {
  itemId: string | undefined
  admin: boolean
  onClose: () => void
}

export function ItemDrawer({ itemId, admin, onClose }: ItemDrawerProps) {
  const [last, setLast] = useState(itemId)
  if (itemId && itemId !== last) setLast(itemId)
  const shown = itemId ?? last
  return shown ? <Opened key={shown} itemId={shown} open={itemId !== undefined} admin={admin} onClose={onClose} /> : null
}

function Opened({ itemId, open, admin, onClose }: { itemId: string; open: boolean; admin: boolean; onClose: () => void }) {
  const item = useItem(itemId, admin)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={item.data?.title ?? 'Dokument'}
      description={item.data ? <Facts item={item.data} /> : null}
      footer={item.data ? <Actions item={item.data} admin={admin} onClose={onClose} /> : null}
    >
      {item.isPending ? <Skeleton className="h-64" /> : null}
      {item.isError ? <Fault error={item.error} onRetry={() => void item.refetch()} /> : null}
      {item.data ? <Details item={item.data} admin={admin} /> : null}
    </Drawer>
  )
}

function Facts({ item }: { item: ItemDetail }) {
  return (
    <span className="num flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge word={itemState(item.status)} /> {kindName(item.kind)} · {plural(item.chunks ?? 0, 'Passage', 'Passagen')} · {formatBytes(item.bytes)}
    </span>
  )
}

function Details({ item, admin }: { item: ItemDetail; admin: boolean }) {
  const [tab, setTab] = useState('details')
  const tabs = [
    { value: 'details', label: 'Angaben', content: <About item={item} admin={admin} /> },
    { value: 'versions', label: `Fassungen (${item.versions.length})`, content: <Versions item={item} /> },
    ...(admin ? [{ value: 'chunks', label: 'Passagen', content: <ChunkViewer item={item} /> }] : []),
  ]
  return <Tabs label="Teile des Dokuments" value={tab} onChange={setTab} tabs={tabs} />
}

function About({ item, admin }: { item: ItemDetail; admin: boolean }) {
  const rows: [string, string][] = [
    ['Herkunft', item.url ?? item.filename ?? item.source],
    ['Hinzugefügt', formatTime(item.created_at)],
    ['Geändert', formatTime(item.updated_at)],
    ['Kennung', item.item_id],
  ]
  return (
    <div className="grid gap-5">
      {item.error ? (
        <p role="alert" className="rounded-control border border-bad/45 bg-bad-soft px-3 py-2 text-sm text-bad">
          {item.error}
        </p>
      ) : null}
      <FactList rows={rows} />
      {admin ? <ItemForm key={item.updated_at} item={item} /> : null}
    </div>
  )
}

function Versions({ item }: { item: ItemDetail }) {
  return (
    <ol className="grid gap-2">
      {item.versions.toSorted((a, b) => b.version - a.version).map((version) => (
        <li key={version.version} className="flex items-start justify-between gap-3 rounded-control border border-line px-3 py-2.5">
          <div className="num grid gap-0.5">
            <p className="text-sm font-medium">
              Fassung {version.version} {version.valid_to ? '' : '· gilt'}
            </p>
            <p className="text-xs text-muted">
              {version.valid_from ? `ab ${formatDay(version.valid_from)}` : ''}
              {version.valid_to ? ` bis ${formatDay(version.valid_to)}` : ''}
            </p>
            <p className="text-xs text-muted">
              {[version.filename, version.pages ? plural(version.pages, 'Seite', 'Seiten') : '', version.chars ? `${formatCount(version.chars)} Zeichen` : '', formatBytes(version.bytes)].filter(Boolean).join(' · ')}
            </p>
          </div>
          <a href={originalFile(item.item_id, version.version)} aria-label={`Originaldatei der Fassung ${version.version}`} className={cn(buttonLook({ size: 'sm' }))}>
            <Download aria-hidden /> Datei
          </a>
        </li>
      ))}
    </ol>
  )
}

function Actions({ item, admin, onClose }: { item: ItemDetail; admin: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const rebuild = (): void => {
    reindex([item.item_id]).then(() => toast('Der Neuaufbau ist vorgemerkt.'), toastFault)
  }
  if (!admin && !item.owner) return <span className="text-xs text-muted">Dieses Dokument pflegt Ihre Verwaltung.</span>
  return (
    <>
      {admin ? (
        <Button size="sm" onClick={rebuild}>
          <RefreshCw aria-hidden /> Neu indizieren
        </Button>
      ) : (
        <span />
      )}
      <DeleteButton
        name={item.title}
        onConfirm={async () => {
          await deleteItem(item.item_id)
          toast('Das Dokument ist gelöscht.')
          onClose()
          for (const key of ['items', 'facets', 'overview']) void queries.invalidateQueries({ queryKey: [key] })
        }}
      >
        Datei, Text, Passagen und alle Fassungen werden entfernt. Das lässt sich nicht zurücknehmen.
      </DeleteButton>
    </>
  )
}
