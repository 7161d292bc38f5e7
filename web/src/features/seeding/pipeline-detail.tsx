import type { ReactNode } from 'react'
import type { Pipeline } from '@/api/types'
import { Fault, SkeletonRows } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { useRunJob, useRuns } from './api'
import { FlowTab } from './flow-tab'
import { OriginTab } from './origin-tab'
import { RemovedTab } from './removed-tab'
import type { OnSearch, Part, SeedingSearch } from './search'
import { VersionsTab } from './versions-tab'

interface Props {
  pipeline: Pipeline
  may: boolean
  search: SeedingSearch
  onSearch: OnSearch
}

/** One pipeline: its way, what it left out, its versions, and where their records come from. */
export function PipelineDetail({ pipeline, may, search, onSearch }: Props) {
  const found = useRuns(pipeline.name, pipeline.job_id !== null)
  const job = useRunJob(pipeline.job_id, may).data
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { runs } = found.data
  const run = runs.find(({ run_id }) => run_id === search.lauf) ?? runs[0]
  const parts: { value: Part; label: string; content: ReactNode }[] = [
    { value: 'ablauf', label: 'Ablauf', content: <FlowTab pipeline={pipeline} runs={runs} run={run} job={job} may={may} onSearch={onSearch} /> },
    ...(may ? [{ value: 'weggelassen' as const, label: 'Weggelassen', content: <RemovedTab runs={runs} search={search} onSearch={onSearch} /> }] : []),
    { value: 'fassungen', label: 'Fassungen', content: <VersionsTab dataset={pipeline.name} may={may} /> },
    { value: 'herkunft', label: 'Herkunft', content: <OriginTab dataset={pipeline.name} search={search} onSearch={onSearch} /> },
  ]
  return (
    <Tabs
      label="Teile"
      value={parts.find(({ value }) => value === search.teil)?.value ?? 'ablauf'}
      onChange={(teil) => onSearch({ teil: teil === 'ablauf' ? undefined : (teil as Part), schritt: undefined, satz: undefined, fassung: undefined, quelle: undefined, schluessel: undefined })}
      tabs={parts}
    />
  )
}
