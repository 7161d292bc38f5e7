import { Download, PackagePlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TrainCorpus, TrainDataset } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { path } from '@/lib/http'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { isEnded } from '@/live/live'
import { StateBadge, Tag } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { FactList } from '@/ui/facts'
import { Section } from '@/ui/page'
import { Empty, Fault, FaultLine, OldNews, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { makeDataset, useCorpora, useDatasets, useJob, useMaking, useRenew, useRenewMaking } from './api'
import { JobLine } from './job-line'
import { StateLines } from './lines'
import { checkName, shortVersion } from './words'

/** What a model learns from: the newest dataset with its checks, and where its rows come from. */
export function DatasetTab() {
  const may = useMay()('data')
  const found = useDatasets()
  const corpora = useCorpora()
  const named = new Map(corpora.data?.corpora.map(({ name, title }) => [name, title]))
  const [newest, ...older] = found.data?.datasets ?? []
  return (
    <div className="grid gap-6">
      {may ? <Making /> : null}
      <Section title="Neuester Datensatz">
        <OldNews found={found} />
        {!found.data ? (
          found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
        ) : !newest ? (
          <Empty className="card" title="Noch kein Datensatz">{may ? '„Datensatz machen“ sammelt aus den Quellen unten, was gelernt werden darf, und prüft es.' : 'Einen Datensatz macht, wer Daten betreut.'}</Empty>
        ) : (
          <Newest dataset={newest} named={named} may={may} />
        )}
      </Section>
      {older.length > 0 ? <Older datasets={older} /> : null}
      <Section title="Woraus gelernt werden darf">
        <OldNews found={corpora} />
        <p className="mb-2 text-xs text-muted">Was von Personen stammt, zählt erst, wenn es mindestens fünf sind.</p>
        {corpora.data ? <Corpora corpora={corpora.data.corpora} /> : corpora.isError ? <Fault error={corpora.error} onRetry={() => void corpora.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>}
      </Section>
    </div>
  )
}

function Making() {
  const [begun, setBegun] = useState<string | null>(null)
  const making = useMaking().data
  const renewMaking = useRenewMaking()
  const renew = useRenew()
  const job = useJob(making?.job_id ?? begun).data
  const ended = job !== undefined && isEnded(job)
  const { busy, fault, send } = useSending()
  const at = !ended && (making?.job_id != null || job !== undefined)
  useEffect(() => {
    if (ended) void renew('datasets', 'corpora')
  }, [ended, renew])
  const make = async (): Promise<void> => {
    setBegun((await makeDataset('')).job_id)
    await renewMaking()
    toast('Der Datensatz entsteht', 'ok', 'Wie weit er ist, steht gleich hier.')
  }
  const stopped = !at && making?.last?.state === 'stopped' ? making.last.stopped : ''
  return (
    <div className="card grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-60 text-sm text-muted">Ein Datensatz ändert sich nicht mehr. Kam seit dem neuesten etwas hinzu, machen Sie einen neuen.</p>
        <Button look="primary" busy={busy} disabled={at} onClick={() => void send(make)}>
          <PackagePlus aria-hidden /> Datensatz machen
        </Button>
      </div>
      {at ? <JobLine job={job} title="Datensatz machen" /> : null}
      {!at && job?.state === 'failed' && job.error ? <FaultLine error={new Error(`Der Datensatz entstand nicht: ${job.error}`)} /> : null}
      {stopped ? <p role="status" className="text-sm text-warn">Der letzte Versuch wurde angehalten: {stopped}</p> : null}
      <FaultLine error={fault} />
    </div>
  )
}

function Newest({ dataset, named, may }: { dataset: TrainDataset; named: Map<string, string>; may: boolean }) {
  const { counts } = dataset
  const rows: [string, string][] = [
    ['Lernen', `${formatCount(counts.train)} Datensätze, dazu ${formatCount(counts.validation)} zum Mitmessen während des Lernens`],
    ['Messen', `${formatCount(counts.test)} Datensätze, die das Modell nie sieht`],
    ['Paare', `${formatCount(counts.pairs)} aus besserer und schlechterer Antwort`],
    ['Personen', `${formatCount(counts.people)}, die dem Lernen zustimmen`],
    ['Quellen', listed(dataset.sources, (source) => named.get(source) ?? source)],
    ['Lizenzen', listed(dataset.licences, (licence) => (licence === 'eigen' ? 'eigene Daten' : licence))],
    ['Einstufung', dataset.classification],
    ['Ausfuhr', dataset.export_control === 'keine' ? 'keine Beschränkung' : dataset.export_control],
  ]
  return (
    <div className="grid gap-3">
      <div className="card grid gap-3 p-4">
        <div className="flex flex-wrap items-center gap-2">
          <code className="text-sm font-medium" title={dataset.version}>{shortVersion(dataset.version)}</code>
          <Usable dataset={dataset} />
          <span className="num text-xs text-muted">{formatTime(dataset.made_at)}</span>
          {may && dataset.refusal === null ? (
            <a href={path('/training/dataset/file', { version: dataset.version })} download className={buttonLook({ size: 'sm', className: 'ml-auto' })}>
              <Download aria-hidden /> Als Datei (tar)
            </a>
          ) : null}
        </div>
        {dataset.refusal ? <p className="text-sm text-warn [overflow-wrap:anywhere]">{dataset.refusal}</p> : null}
        <FactList rows={rows} />
      </div>
      <StateLines label="Prüfungen" lines={dataset.checks.toSorted((a, b) => Number(a.passed) - Number(b.passed)).map((check) => ({ ...check, title: checkName(check.name) }))} />
    </div>
  )
}

function listed(counts: Record<string, number>, name: (key: string) => string): string {
  const found = Object.entries(counts).toSorted(([, a], [, b]) => b - a)
  return found.length === 0 ? 'keine' : found.map(([key, count]) => `${name(key)} (${formatCount(count)})`).join(', ')
}

function Usable({ dataset }: { dataset: TrainDataset }) {
  return <StateBadge word={dataset.refusal === null ? { label: 'freigegeben', shade: 'ok' } : { label: 'nicht freigegeben', shade: 'bad' }} />
}

function Older({ datasets }: { datasets: TrainDataset[] }) {
  return (
    <details className="text-sm">
      <summary className="w-fit">{plural(datasets.length, 'älterer Datensatz', 'ältere Datensätze')}</summary>
      <ul aria-label="Ältere Datensätze" className="card mt-3 divide-y divide-line">
        {datasets.map((dataset) => (
          <li key={dataset.version} className="grid gap-1 px-4 py-2.5">
            <p className="num flex flex-wrap items-center gap-2">
              <code title={dataset.version}>{shortVersion(dataset.version)}</code>
              <Usable dataset={dataset} />
              <span className="text-xs text-muted">
                {formatTime(dataset.made_at)} · {formatCount(dataset.counts.train)} zum Lernen
              </span>
            </p>
            {dataset.refusal ? <p className="text-xs text-muted [overflow-wrap:anywhere]">{dataset.refusal}</p> : null}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Corpora({ corpora }: { corpora: TrainCorpus[] }) {
  return (
    <ul aria-label="Quellen" className="card divide-y divide-line">
      {corpora.map((corpus) => {
        const left = Object.entries(corpus.left_out).toSorted(([, a], [, b]) => b - a)
        return (
          <li key={corpus.name} className="grid gap-1 px-4 py-3">
            <p className="flex flex-wrap items-center gap-2">
              <span className="text-sm font-medium [overflow-wrap:anywhere]">{corpus.title}</span>
              {corpus.use ? <span className="num text-xs">{plural(corpus.rows, 'Datensatz', 'Datensätze')}</span> : <Tag>wird nicht genommen</Tag>}
            </p>
            <p className="text-xs text-muted [overflow-wrap:anywhere]">
              Verantwortlich: {corpus.owner} · Einstufung: {corpus.classification} · Lizenz: {corpus.licence === 'eigen' ? 'eigene Daten' : corpus.licence}
            </p>
            {corpus.why ? <p className="text-xs [overflow-wrap:anywhere]">{corpus.why}</p> : null}
            {left.length > 0 ? <p className="num text-xs [overflow-wrap:anywhere]">Bleibt draußen: {left.map(([why, count]) => `${formatCount(count)} ${why}`).join(', ')}</p> : null}
          </li>
        )
      })}
    </ul>
  )
}
