import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Item } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatBytes, formatCount, formatTime } from '@/lib/format'
import { frontTitle } from '@/lib/titles'
import { itemState, kindName } from '@/lib/words'
import { StateBadge, Tag } from '@/ui/badge'
import { Checkbox } from '@/ui/field'
import { nextSort, type CorpusSearch, type Sort } from './search'

interface TableProps {
  items: Item[]
  admin: boolean
  search: CorpusSearch
  onSearch: (change: Partial<CorpusSearch>) => void
  chosen: ReadonlySet<string>
  onChoose: (chosen: Set<string>) => void
}

export function ItemTable(props: TableProps) {
  return (
    <div className="@container">
      <WideTable {...props} />
      <Cards {...props} />
    </div>
  )
}

function toggled(chosen: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}

function Head({ column, search, onSearch, children, className }: { column: Sort; search: CorpusSearch; onSearch: TableProps['onSearch']; children: ReactNode; className?: string }) {
  const active = (search.sort ?? 'created_at') === column
  const order = search.order ?? 'desc'
  const Sign = active ? (order === 'asc' ? ArrowUp : ArrowDown) : ChevronsUpDown
  return (
    <th scope="col" aria-sort={active ? (order === 'asc' ? 'ascending' : 'descending') : 'none'} className={cn('px-3 py-0 font-medium', className)}>
      <button type="button" onClick={() => onSearch({ ...nextSort(search, column), seite: undefined })} className="-mx-1.5 inline-flex h-8 items-center gap-1 rounded px-1.5 hover:text-ink">
        {children} <Sign className={cn('size-3.5', !active && 'opacity-60')} aria-hidden />
      </button>
    </th>
  )
}

function WideTable({ items, admin, search, onSearch, chosen, onChoose }: TableProps) {
  const all = items.length > 0 && items.every((item) => chosen.has(item.item_id))
  const head = { search, onSearch }
  return (
    <table className="hidden w-full table-fixed text-left @2xl:table">
      <thead className="border-b border-line text-xs text-muted">
        <tr>
          {admin ? (
            <th scope="col" className="w-12 pl-4">
              <Checkbox label="Alle auf dieser Seite auswählen" checked={all} onChange={() => onChoose(all ? new Set() : new Set(items.map((item) => item.item_id)))} className="block" />
            </th>
          ) : null}
          <Head column="title" {...head} className={admin ? '' : 'pl-4'}>
            Titel
          </Head>
          <th scope="col" className="hidden w-28 px-3 font-medium @4xl:table-cell">
            Art
          </th>
          <Head column="chunks" {...head} className="w-28">
            Passagen
          </Head>
          <th scope="col" className="hidden w-24 px-3 font-medium @5xl:table-cell">
            Größe
          </th>
          <Head column="status" {...head} className="w-28">
            Status
          </Head>
          <Head column="created_at" {...head} className="w-44 pr-4">
            Hinzugefügt
          </Head>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {items.map((item) => (
          <tr key={item.item_id} className={cn('hover:bg-sunken/60', chosen.has(item.item_id) && 'bg-brand-soft/60')}>
            {admin ? (
              <td className="pl-4">
                <Checkbox label={`${item.title} auswählen`} checked={chosen.has(item.item_id)} onChange={() => onChoose(toggled(chosen, item.item_id))} className="block" />
              </td>
            ) : null}
            <td className={cn('px-3 py-2.5', !admin && 'pl-4')}>
              <TitleButton item={item} onSearch={onSearch} />
            </td>
            <td className="hidden truncate px-3 text-sm text-muted @4xl:table-cell">{kindName(item.kind)}</td>
            <td className="num px-3 text-sm">{formatCount(item.chunks)}</td>
            <td className="num hidden px-3 text-sm text-muted @5xl:table-cell">{formatBytes(item.bytes)}</td>
            <td className="px-3">
              <StateBadge word={itemState(item.status)} />
            </td>
            <td className="num px-3 pr-4 text-sm whitespace-nowrap text-muted">{formatTime(item.created_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TitleButton({ item, onSearch }: { item: Item; onSearch: TableProps['onSearch'] }) {
  return (
    <div className="grid min-w-0 justify-items-start gap-0.5">
      <button type="button" onClick={() => onSearch({ dokument: item.item_id })} title={item.title} className="line-clamp-3 max-w-full @2xl:line-clamp-2 rounded text-left text-sm font-medium hyphens-auto hover:text-brand hover:underline hover:underline-offset-3">
        {frontTitle(item.title)}
      </button>
      {item.error ? <p className="line-clamp-2 text-xs text-bad">{item.error}</p> : null}
      {item.tags.length > 0 || item.owner ? (
        <p className="flex flex-wrap gap-1">
          {item.owner ? <Tag className="border-gold/60">eigenes</Tag> : null}
          {item.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      ) : null}
    </div>
  )
}

function Cards({ items, admin, onSearch, chosen, onChoose }: TableProps) {
  return (
    <ul className="divide-y divide-line @2xl:hidden" aria-label="Dokumente">
      {items.map((item) => (
        <li key={item.item_id} className={cn('flex items-start gap-3 px-4 py-3', chosen.has(item.item_id) && 'bg-brand-soft/60')}>
          {admin ? (
            <Checkbox label={`${item.title} auswählen`} checked={chosen.has(item.item_id)} onChange={() => onChoose(toggled(chosen, item.item_id))} className="mt-0.5 size-6" />
          ) : null}
          <div className="grid min-w-0 flex-1 gap-1.5">
            <TitleButton item={item} onSearch={onSearch} />
            <p className="num flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
              <StateBadge word={itemState(item.status)} />
              {kindName(item.kind)} · {formatCount(item.chunks)} Passagen · {formatTime(item.created_at)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
