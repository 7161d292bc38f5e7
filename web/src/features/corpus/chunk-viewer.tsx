import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { ChunkRow, ItemDetail } from '@/api/types'
import { formatCount } from '@/lib/format'
import { PassageText } from '@/source'
import { Button } from '@/ui/button'
import { Field, Select } from '@/ui/field'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { CHUNK_PAGE, useChunks } from './api'

/** How a document was cut: each passage with its place, as the search sees it. */
export function ChunkViewer({ item }: { item: ItemDetail }) {
  const [version, setVersion] = useState(item.version)
  const [page, setPage] = useState(0)
  const chunks = useChunks(item.item_id, version, page)
  if (chunks.isPending) return <SkeletonRows />
  if (chunks.isError) return <Fault error={chunks.error} onRetry={() => void chunks.refetch()} />
  const { total } = chunks.data
  const last = Math.max(0, Math.ceil(total / CHUNK_PAGE) - 1)
  return (
    <div className="grid gap-3">
      {item.versions.length > 1 ? (
        <Field label="Fassung">
          {(ids) => (
            <Select
              {...ids}
              value={version}
              onChange={(event) => {
                setVersion(Number(event.target.value))
                setPage(0)
              }}
            >
              {item.versions.map((entry) => (
                <option key={entry.version} value={entry.version}>
                  Fassung {entry.version}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      {total === 0 ? <Empty title="Keine Passagen">Das Dokument ist noch nicht zerlegt oder enthält keinen Text.</Empty> : null}
      <ol className="grid gap-2">
        {chunks.data.chunks.map((chunk) => (
          <Chunk key={chunk.chunk_id} chunk={chunk} />
        ))}
      </ol>
      {last > 0 ? (
        <nav aria-label="Passagen blättern" className="flex items-center justify-between">
          <Button size="sm" disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft aria-hidden /> Zurück
          </Button>
          <span className="num text-xs text-muted">
            {formatCount(page * CHUNK_PAGE + 1)} bis {formatCount(Math.min(total, (page + 1) * CHUNK_PAGE))} von {formatCount(total)}
          </span>
          <Button size="sm" disabled={page >= last} onClick={() => setPage(page + 1)}>
            Weiter <ChevronRight aria-hidden />
          </Button>
        </nav>
      ) : null}
    </div>
  )
}

function Chunk({ chunk }: { chunk: ChunkRow }) {
  const place = chunk.path.length > 0 ? chunk.path.join(' › ') : chunk.section
  return (
    <li className="grid gap-1.5 rounded-control border border-line px-3 py-2.5">
      <p className="num flex items-baseline justify-between gap-3 text-2xs text-muted">
        <span className="min-w-0 [overflow-wrap:anywhere]">{place}</span>
        <span className="shrink-0">
          #{chunk.idx + 1}
          {chunk.page ? ` · S. ${chunk.page}` : ''}
        </span>
      </p>
      <PassageText text={chunk.text} offset={chunk.start} mark={null} />
    </li>
  )
}
