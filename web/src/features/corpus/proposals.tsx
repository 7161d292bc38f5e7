import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Proposal } from '@/api/types'
import { formatDay, plural } from '@/lib/format'
import { api, data } from '@/lib/http'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { addFiles } from './uploads'

const SHOWN = 5

/** Found pages and texts of former systems that may become documents; not there where no engine has any. */
export function Proposals() {
  const queries = useQueryClient()
  const [limit, setLimit] = useState(SHOWN)
  const [read, setRead] = useState<Proposal | null>(null)
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const found = useQuery({ queryKey: ['proposals', limit], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/proposals', { params: { query: { limit } }, signal })), staleTime: 300_000, placeholderData: (old) => old })
  const total = found.data?.total ?? 0
  if (!found.data || total === 0) return null
  const take = (one: Proposal): void => {
    addFiles([fileOf(one)], { kind: 'document', tags: ['vorschlag'], replace: false, onChange: () => void queries.invalidateQueries({ queryKey: ['items'] }) })
    setTaken((old) => new Set(old).add(one.key))
    setRead(null)
  }
  return (
    <Section title="Vorschläge" aside={<span className="num text-xs text-muted">{plural(total, 'Text', 'Texte')} aus Datensätzen</span>}>
      <ul aria-label="Vorschläge" className="card divide-y divide-line">
        {found.data.proposals.map((one) => (
          <li key={one.key} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
            <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium [overflow-wrap:anywhere]">
                {one.source} {one.licence ? <Tag>{one.licence}</Tag> : null}
              </p>
              <p className="line-clamp-2 text-xs text-muted [overflow-wrap:anywhere]">{one.text}</p>
              {one.day ? <p className="num text-xs text-muted">{formatDay(one.day)}</p> : null}
            </div>
            <span className="flex flex-wrap gap-2">
              <Button size="sm" look="ghost" onClick={() => setRead(one)} aria-label={`Ganz lesen: ${one.source}`}>
                Ganz lesen
              </Button>
              <Button size="sm" disabled={taken.has(one.key)} onClick={() => take(one)} aria-label={`Aufnehmen: ${one.source}`}>
                {taken.has(one.key) ? 'Aufgenommen' : 'Aufnehmen'}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {total > limit ? (
        <Button size="sm" className="w-fit" onClick={() => setLimit(Math.min(200, limit + 20))}>
          Mehr zeigen
        </Button>
      ) : null}
      <Dialog open={read !== null} onClose={() => setRead(null)} title={read?.source ?? ''} className="w-[min(720px,calc(100vw-24px))]">
        <p className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{read?.text}</p>
        {read ? (
          <Button look="primary" className="w-fit" disabled={taken.has(read.key)} onClick={() => take(read)}>
            Aufnehmen
          </Button>
        ) : null}
      </Dialog>
    </Section>
  )
}

/** As a document: from where it is stands in it. */
function fileOf(one: Proposal): File {
  const source = [`Quelle: ${one.source}`, one.day ? `vom ${formatDay(one.day)}` : '', one.licence ? `Lizenz: ${one.licence}` : ''].filter(Boolean).join(', ')
  const name = one.key.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 80) || 'vorschlag'
  return new File([`${one.text.trim()}\n\n${source}\n`], `${name}.md`, { type: 'text/markdown' })
}
