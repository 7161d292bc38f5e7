import { useQueryClient } from '@tanstack/react-query'
import { Radio, RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Health, Job } from '@/api/types'
import { useMay } from '@/lib/may'
import { useTone } from '@/lib/tone'
import { takeJob, useLiveState, type LiveState } from '@/live/live'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { CheckLine } from '@/ui/field'
import { Page, Section } from '@/ui/page'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, Skeleton, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { reindexAll, useHealth, useJobs } from './api'
import { Figures } from './figures'
import { JobList } from './job-list'
import { Services } from './services'
import { Snapshots } from './snapshots'

export type JobFilter = 'alle' | 'offen' | 'fehler'

interface OpsPageProps {
  filter: JobFilter
  onFilter: (filter: JobFilter) => void
  checklist?: ReactNode
}

export function OpsPage({ filter, onFilter, checklist }: OpsPageProps) {
  const may = useMay()
  const health = useHealth()
  const [reindexing, setReindexing] = useState(false)
  return (
    <Page
      title="Betrieb"
      lead={health.data ? <Verdict health={health.data} /> : ' '}
      actions={
        may('library') ? (
          <Button onClick={() => setReindexing(true)}>
            <RefreshCw aria-hidden /> Index neu aufbauen
          </Button>
        ) : null
      }
    >
      {checklist}
      <Section title="Dienste" aside={<LiveBadge />}>
        {health.isPending ? <ServiceSkeleton /> : null}
        {health.isError ? <Fault error={health.error} onRetry={() => void health.refetch()} className="card" /> : null}
        {health.data ? <Services health={health.data} /> : null}
      </Section>
      <Section title="Kennzahlen">
        <Figures />
      </Section>
      <Jobs filter={filter} onFilter={onFilter} />
      <Snapshots />
      <Section title="Für Programme">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
          <li>
            <a className="text-brand underline underline-offset-3" href="/api/v1/docs">
              API-Beschreibung
            </a>
          </li>
          {may('configure') ? (
            <li>
              <a className="text-brand underline underline-offset-3" href="/metrics">
                Messwerte für Prometheus
              </a>
            </li>
          ) : null}
        </ul>
      </Section>
      <ReindexDialog open={reindexing} onClose={() => setReindexing(false)} />
    </Page>
  )
}

function Verdict({ health }: { health: Health }) {
  const tone = useTone()
  if (health.status === 'failed') return 'Mindestens ein Dienst ist gestört.'
  if (health.status === 'degraded') return 'Nova läuft mit Einschränkungen.'
  return tone('Alles läuft. Verdächtig ruhig, aber es läuft.', 'Alle Dienste sind in Ordnung.')
}

const LIVE: Record<LiveState, string> = { connecting: 'verbindet', live: 'live', polling: 'alle paar Sekunden', paused: 'pausiert' }

function LiveBadge() {
  const state = useLiveState()
  return (
    <Badge shade={state === 'live' ? 'ok' : 'neutral'} icon={<Radio aria-hidden />}>
      {LIVE[state]}
    </Badge>
  )
}

function ServiceSkeleton() {
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3" role="status" aria-label="Dienste werden geladen">
      {[0, 1, 2, 3, 4, 5].map((slot) => (
        <Skeleton key={slot} className="h-22 rounded-card" />
      ))}
    </div>
  )
}

function matches(job: Job, filter: JobFilter): boolean {
  if (filter === 'offen') return job.state === 'running' || job.state === 'queued'
  return filter === 'fehler' ? job.state === 'failed' : true
}

function Jobs({ filter, onFilter }: { filter: JobFilter; onFilter: (filter: JobFilter) => void }) {
  const queries = useQueryClient()
  const tone = useTone()
  const jobs = useJobs()
  const shown = (jobs.data?.jobs ?? []).filter((job) => matches(job, filter))
  return (
    <Section
      title="Aufträge"
      aside={
        <Segmented
          label="Welche Aufträge"
          value={filter}
          onChange={onFilter}
          options={[
            { value: 'alle', label: 'Alle' },
            { value: 'offen', label: 'Offen' },
            { value: 'fehler', label: 'Fehler' },
          ]}
        />
      }
    >
      {jobs.isPending ? <div className="card"><SkeletonRows rows={4} /></div> : null}
      {jobs.isError ? <Fault error={jobs.error} onRetry={() => void jobs.refetch()} className="card" /> : null}
      {jobs.data && shown.length === 0 ? (
        <Empty className="card" title={filter === 'fehler' ? 'Keine gescheiterten Aufträge' : 'Keine Aufträge'}>
          {tone('Nichts zu tun. Ein Zustand, den ich in Ruhe ausdehnen würde.', 'Sobald Sie Dokumente aufnehmen, sehen Sie hier den Fortschritt.')}
        </Empty>
      ) : null}
      {shown.length > 0 ? <JobList jobs={shown} onJob={(job) => takeJob(queries, job)} /> : null}
    </Section>
  )
}

function ReindexDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const [relearn, setRelearn] = useState(false)
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title="Index neu aufbauen?"
      action="Neu aufbauen"
      onConfirm={async () => {
        await reindexAll(relearn)
        toast('Der Neuaufbau ist vorgemerkt.', 'ok', 'Den Fortschritt sehen Sie unter Aufträge.')
        void queries.invalidateQueries({ queryKey: ['jobs'] })
      }}
    >
      <div className="grid gap-3">
        <p>Alle Passagen werden aus der Datenbank neu in den Suchindex eingetragen. Fragen bleiben währenddessen möglich.</p>
        <CheckLine
          label="Wortschatz des Bestands neu lernen"
          hint="Nach vielen neuen Dokumenten sinnvoll: Komposita und mittlere Längen werden neu bestimmt."
          checked={relearn}
          onChange={setRelearn}
        />
      </div>
    </Confirm>
  )
}
