import { useQuery } from '@tanstack/react-query'
import type { Pipeline } from '@/api/types'
import { Dialog } from '@/ui/dialog'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { loadSample } from './api'
import { DataTable, shownValue } from './data-table'

/** Ten records of a pipeline's source as they come, nothing kept. */
export function PreviewDialog({ pipeline, onClose }: { pipeline: Pipeline | null; onClose: () => void }) {
  return (
    <Dialog open={pipeline !== null} onClose={onClose} title="Vorschau" description={pipeline ? `${pipeline.title}: zehn Datensätze, wie die Quelle sie gibt. Gespeichert wird nichts.` : null} className="w-[min(960px,calc(100vw-24px))] content-start">
      {pipeline ? <Sample name={pipeline.name} /> : null}
    </Dialog>
  )
}

function Sample({ name }: { name: string }) {
  const found = useQuery({ queryKey: ['sample', name], queryFn: ({ signal }) => loadSample(name, signal), staleTime: Infinity, gcTime: 0, retry: false })
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : <SkeletonRows />
  const { columns, mapping, problems } = found.data
  const heads = Object.keys(columns)
  const height = Math.max(0, ...Object.values(columns).map((values) => values.length))
  if (height === 0) return <Empty title="Die Quelle ist leer">Zurzeit gibt sie keine Datensätze.</Empty>
  const renamed = Object.entries(mapping).filter(([from, to]) => from !== to)
  return (
    <div className="grid min-w-0 gap-3">
      <DataTable label="Datensätze der Quelle" heads={heads} rows={Array.from({ length: height }, (_, row) => heads.map((head) => shownValue(columns[head]?.[row])))} />
      {renamed.length > 0 ? <p className="text-xs text-muted [overflow-wrap:anywhere]">Spalten heißen künftig: {renamed.map(([from, to]) => `${from} → ${to}`).join(', ')}</p> : null}
      {problems.length > 0 ? (
        <ul aria-label="Auffälligkeiten" className="list-disc pl-5 text-xs text-warn">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
