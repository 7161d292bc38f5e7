import { ArrowLeft, Eye, Play } from 'lucide-react'
import { useState } from 'react'
import type { Pipeline } from '@/api/types'
import { useMay } from '@/lib/may'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { usePipelines } from './api'
import { EnginesCard } from './engines-card'
import { PersonCard } from './person-card'
import { PipelineDetail } from './pipeline-detail'
import { PipelineList } from './pipeline-list'
import { PreviewDialog } from './preview-dialog'
import { RunDialog } from './run-dialog'
import { AFRESH, type OnSearch, type SeedingSearch } from './search'
import { licenceName, purposeName, sourceKind } from './words'

interface Props {
  search: SeedingSearch
  onSearch: OnSearch
}

/** Pipelines that make datasets out of sources, with all that they left out and every version they made. */
export function SeedingPage({ search, onSearch }: Props) {
  const may = useMay()('data')
  const found = usePipelines()
  const [wanted, setWanted] = useState<Pipeline | null>(null)
  const [looked, setLooked] = useState<Pipeline | null>(null)
  const pipelines = found.data?.pipelines
  const one = pipelines?.find(({ name }) => name === search.pipeline)
  const back = (): void => onSearch(AFRESH)
  return (
    <Page
      title={one?.title ?? 'Daten & Modelle'}
      lead={one ? <About pipeline={one} /> : 'Aus Quellen werden geprüfte Fassungen. Was dabei wegfällt, lässt sich ansehen und zurücknehmen.'}
      actions={one && may ? <Actions pipeline={one} onRun={() => setWanted(one)} onPreview={() => setLooked(one)} /> : null}
    >
      {search.pipeline ? (
        <Button size="sm" className="w-fit" onClick={back}>
          <ArrowLeft aria-hidden /> Alle Pipelines
        </Button>
      ) : null}
      <OldNews found={found} />
      {one || !found.data?.faults.length ? null : <Faulty files={found.data.faults} />}
      {!pipelines ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
      ) : one ? (
        <PipelineDetail key={one.name} pipeline={one} may={may} search={search} onSearch={onSearch} />
      ) : search.pipeline ? (
        <Empty className="card" title="Diese Pipeline gibt es nicht">Vielleicht wurde ihre Datei umbenannt oder entfernt.</Empty>
      ) : pipelines.length === 0 ? (
        <Empty className="card" title="Noch keine Pipeline">Pipelines sind Dateien im Ordner config/seeding/pipelines unter den Daten von Nova.</Empty>
      ) : (
        <>
          <PipelineList pipelines={pipelines} may={may} onOpen={(pipeline) => onSearch({ pipeline })} onRun={setWanted} onPreview={setLooked} />
          <EnginesCard may={may} />
          {may ? <PersonCard /> : null}
        </>
      )}
      <RunDialog pipeline={wanted} onClose={() => setWanted(null)} />
      <PreviewDialog pipeline={looked} onClose={() => setLooked(null)} />
    </Page>
  )
}

/** Files of the folder that are no pipelines: what is wrong with each, so that whoever wrote it can mend it. */
function Faulty({ files }: { files: { file: string; reason: string }[] }) {
  return (
    <section className="card grid gap-1 border-warn/60 p-4" aria-label="Fehlerhafte Dateien">
      <h2 className="text-sm font-semibold">{files.length === 1 ? 'Eine Datei ist keine Pipeline' : `${files.length} Dateien sind keine Pipelines`}</h2>
      <ul className="grid gap-1 text-sm text-muted">
        {files.map(({ file, reason }) => (
          <li key={file} className="[overflow-wrap:anywhere]">
            {reason}
          </li>
        ))}
      </ul>
    </section>
  )
}

function About({ pipeline }: { pipeline: Pipeline }) {
  const told = [sourceKind(pipeline.source), `Zweck: ${purposeName(pipeline.purpose)}`, `Lizenz: ${licenceName(pipeline.licence)}`, pipeline.every_hours ? `alle ${pipeline.every_hours} Stunden` : 'nur auf Wunsch']
  return told.join(' · ')
}

function Actions({ pipeline, onRun, onPreview }: { pipeline: Pipeline; onRun: () => void; onPreview: () => void }) {
  return (
    <>
      <Button onClick={onPreview}>
        <Eye aria-hidden /> Vorschau
      </Button>
      <Button look="primary" disabled={pipeline.job_id !== null} onClick={onRun}>
        <Play aria-hidden /> Laufen lassen
      </Button>
    </>
  )
}
