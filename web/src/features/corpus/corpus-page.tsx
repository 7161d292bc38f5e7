import { useQueryClient } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Upload } from 'lucide-react'
import { useCallback, useState, type ReactNode } from 'react'
import type { ItemList } from '@/api/types'
import { cn } from '@/lib/cn'
import { useFileDrop } from '@/lib/file-drop'
import { formatCount, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { itemState, kindName } from '@/lib/words'
import { Button } from '@/ui/button'
import { SearchField, Select } from '@/ui/field'
import { Page } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useItems } from './api'
import { BulkBar } from './bulk-bar'
import { ItemDrawer } from './item-drawer'
import { ItemTable } from './item-table'
import { Proposals } from './proposals'
import { isFiltered, PAGE_SIZE, type CorpusSearch } from './search'
import { UploadDialog } from './upload-dialog'
import { UploadList } from './upload-list'
import { addFiles } from './uploads'

interface CorpusPageProps {
  admin: boolean
  search: CorpusSearch
  onSearch: (change: Partial<CorpusSearch>) => void
  uploadBytes: number
}

export function CorpusPage({ admin, search, onSearch, uploadBytes }: CorpusPageProps) {
  const items = useItems(search, admin)
  const [uploading, setUploading] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const queries = useQueryClient()
  const over = useFileDrop((files) => addFiles(files, { kind: 'document', tags: [], replace: false, onChange: () => void queries.invalidateQueries({ queryKey: ['items'] }) }))
  const openItem = useCallback((itemId: string) => onSearch({ dokument: itemId }), [onSearch])
  const change = (next: Partial<CorpusSearch>): void => {
    if (!('dokument' in next)) setChosen(new Set())
    onSearch(next)
  }
  return (
    <Page
      title={admin ? 'Korpus' : 'Dokumente'}
      lead={items.data ? plural(items.data.total, 'Dokument', 'Dokumente') + (isFiltered(search) ? ' passen zur Auswahl' : '') : ' '}
      actions={
        <Button look="primary" onClick={() => setUploading(true)}>
          <Upload aria-hidden /> Hochladen
        </Button>
      }
    >
      <UploadList onOpenItem={openItem} />
      <section className={cn('card relative overflow-hidden', over && 'border-brand')} aria-label="Bestand">
        {over ? (
          <p className="absolute inset-0 z-10 grid place-content-center justify-items-center gap-3 bg-brand-soft/95 text-base font-semibold text-brand">
            <Upload className="size-8" aria-hidden /> Loslassen, um die Dateien aufzunehmen
          </p>
        ) : null}
        <Toolbar search={search} onSearch={change} facets={items.data?.facets} />
        {chosen.size > 0 ? <BulkBar chosen={chosen} onDone={() => setChosen(new Set())} /> : null}
        {items.isPending ? <SkeletonRows rows={8} /> : null}
        {items.isError ? <Fault error={items.error} onRetry={() => void items.refetch()} /> : null}
        {items.data?.items.length === 0 ? <Nothing filtered={isFiltered(search)} onSearch={change} onUpload={() => setUploading(true)} /> : null}
        {items.data && items.data.items.length > 0 ? (
          <ItemTable items={items.data.items} admin={admin} search={search} onSearch={change} chosen={chosen} onChoose={setChosen} />
        ) : null}
        {items.data ? <Paging total={items.data.total} page={search.seite ?? 1} onPage={(page) => change({ seite: page > 1 ? page : undefined })} /> : null}
      </section>
      {admin ? <Proposals /> : null}
      <UploadDialog open={uploading} onClose={() => setUploading(false)} onOpenItem={openItem} uploadBytes={uploadBytes} admin={admin} />
      <ItemDrawer itemId={search.dokument} admin={admin} onClose={() => onSearch({ dokument: undefined })} />
    </Page>
  )
}

interface ToolbarProps {
  search: CorpusSearch
  onSearch: (change: Partial<CorpusSearch>) => void
  facets: ItemList['facets'] | undefined
}

function Toolbar({ search, onSearch, facets }: ToolbarProps) {
  const find = useCallback((suche: string) => onSearch({ suche: suche || undefined, seite: undefined }), [onSearch])
  return (
    <div className="flex flex-wrap gap-2 border-b border-line p-3">
      <SearchField label="Titel suchen" placeholder="Titel suchen …" value={search.suche ?? ''} onChange={find} className="w-full sm:w-64" />
      <Facet label="Art" all="Alle Arten" value={search.art} counts={facets?.kinds} name={kindName} onChange={(art) => onSearch({ art, seite: undefined })} />
      <Facet label="Status" all="Jeder Status" value={search.status} counts={facets?.statuses} name={(status) => itemState(status).label} onChange={(status) => onSearch({ status, seite: undefined })} />
      <Facet label="Schlagwort" all="Alle Schlagworte" value={search.tag} counts={facets?.tags} name={(tag) => tag} onChange={(tag) => onSearch({ tag, seite: undefined })} />
      {isFiltered(search) ? (
        <Button look="ghost" onClick={() => onSearch({ suche: undefined, art: undefined, status: undefined, tag: undefined, seite: undefined })}>
          Zurücksetzen
        </Button>
      ) : null}
    </div>
  )
}

interface FacetProps<T extends string> {
  label: string
  all: string
  value: T | undefined
  counts: Record<string, number> | undefined
  name: (value: string) => string
  onChange: (value: T | undefined) => void
}

function Facet<T extends string>({ label, all, value, counts = {}, name, onChange }: FacetProps<T>) {
  const entries = Object.entries(counts)
  if (entries.length === 0 && !value) return null
  const known = value === undefined || value in counts
  return (
    <Select aria-label={label} value={value ?? ''} onChange={(event) => onChange((event.target.value as T) || undefined)} className="min-w-32 flex-1 sm:flex-none">
      <option value="">{all}</option>
      {known ? null : <option value={value}>{name(value)} (0)</option>}
      {entries.map(([entry, count]) => (
        <option key={entry} value={entry}>
          {name(entry)} ({formatCount(count)})
        </option>
      ))}
    </Select>
  )
}

function Nothing({ filtered, onSearch, onUpload }: { filtered: boolean; onSearch: ToolbarProps['onSearch']; onUpload: () => void }): ReactNode {
  const tone = useTone()
  if (filtered) {
    return (
      <Empty title="Nichts passt zu dieser Auswahl" action={<Button onClick={() => onSearch({ suche: undefined, art: undefined, status: undefined, tag: undefined, seite: undefined })}>Auswahl zurücksetzen</Button>}>
        Weniger Bedingungen finden mehr.
      </Empty>
    )
  }
  return (
    <Empty
      title="Noch keine Dokumente"
      action={
        <Button look="primary" onClick={onUpload}>
          <Upload aria-hidden /> Erstes Dokument aufnehmen
        </Button>
      }
    >
      {tone('Ohne Unterlagen bin ich nur höflich. Ziehen Sie Dateien hierher, dann werde ich nützlich.', 'Ziehen Sie Dateien auf diese Seite oder wählen Sie sie aus.')}
    </Empty>
  )
}

function Paging({ total, page, onPage }: { total: number; page: number; onPage: (page: number) => void }) {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE))
  if (last === 1) return null
  return (
    <nav aria-label="Seiten" className="flex items-center justify-between gap-3 border-t border-line px-4 py-2.5">
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden /> Zurück
      </Button>
      <span className="num text-xs text-muted">
        {formatCount((page - 1) * PAGE_SIZE + 1)} bis {formatCount(Math.min(total, page * PAGE_SIZE))} von {formatCount(total)}
      </span>
      <Button size="sm" disabled={page >= last} onClick={() => onPage(page + 1)}>
        Weiter <ChevronRight aria-hidden />
      </Button>
    </nav>
  )
}
