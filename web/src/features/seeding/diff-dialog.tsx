import { useQuery } from '@tanstack/react-query'
import type { DatasetVersion } from '@/api/types'
import { formatTime, plural } from '@/lib/format'
import { Dialog } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { loadDiff } from './api'
import { DataTable, shownValue, tableOf } from './data-table'
import { shortVersion } from './words'

/** Two versions beside each other, the older first. */
export type Pair = readonly [DatasetVersion, DatasetVersion]

/** What came, what went and which values changed between two versions. */
export function DiffDialog({ pair, onClose }: { pair: Pair | null; onClose: () => void }) {
  const told = pair ? `Von ${named(pair[0])} zu ${named(pair[1])}.` : null
  return (
    <Dialog open={pair !== null} onClose={onClose} title="Zwei Fassungen im Vergleich" description={told} className="w-[min(960px,calc(100vw-24px))] content-start">
      {pair ? <Difference pair={pair} /> : null}
    </Dialog>
  )
}

function named({ version, created_at }: DatasetVersion): string {
  return `${shortVersion(version)} (${formatTime(created_at)})`
}

function Difference({ pair: [before, after] }: { pair: Pair }) {
  const found = useQuery({
    queryKey: ['diff', before.dataset, before.version, after.version],
    queryFn: ({ signal }) => loadDiff(before.dataset, before.version, after.version, signal),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : <SkeletonRows />
  const { counts, added, removed, changed } = found.data
  const { added: came = 0, removed: went = 0, changed: rows = 0, values = 0 } = counts
  if (came + went + values === 0) return <Empty title="Kein Unterschied">Beide Fassungen enthalten dasselbe.</Empty>
  return (
    <div className="grid min-w-0 gap-5">
      <p className="num text-sm">
        {[
          came > 0 ? `${plural(came, 'Datensatz', 'Datensätze')} neu` : '',
          went > 0 ? `${plural(went, 'Datensatz', 'Datensätze')} fort` : '',
          values > 0 ? `${plural(values, 'Wert', 'Werte')} in ${plural(rows, 'Datensatz', 'Datensätzen')} anders` : '',
        ]
          .filter(Boolean)
          .join(', ')}
        .
        {Math.max(came, went, values) > 100 ? ' Gezeigt werden je die ersten hundert.' : ''}
      </p>
      <Part title="Geändert" heads={['Datensatz', 'Spalte', 'vorher', 'nachher']} rows={changed.map((one) => [one.key, one.column, one.before, one.after].map(shownValue))} />
      <Part title="Neu" {...tableOf(added)} />
      <Part title="Fort" {...tableOf(removed)} />
    </div>
  )
}

function Part({ title, heads, rows }: { title: string; heads: string[]; rows: string[][] }) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <DataTable label={`${title}: Datensätze`} heads={heads} rows={rows} />
    </Section>
  )
}
