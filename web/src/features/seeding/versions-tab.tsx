import { GitCompareArrows, History } from 'lucide-react'
import { useState } from 'react'
import type { DatasetVersion } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Confirm } from '@/ui/dialog'
import { Checkbox } from '@/ui/field'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { goLive, rollBack, useRenew, useVersions } from './api'
import { DiffDialog, type Pair } from './diff-dialog'
import { licenceName, shortVersion, splitName, versionState } from './words'

/** Which question stands open: a version goes live, or all goes one step back. */
type Asked = { version: DatasetVersion } | 'back' | null

/** Every version of a dataset; which one is in use, and the way back. */
export function VersionsTab({ dataset, may }: { dataset: string; may: boolean }) {
  const found = useVersions(dataset)
  const [picked, setPicked] = useState<string[]>([])
  const [pair, setPair] = useState<Pair | null>(null)
  const [asked, setAsked] = useState<Asked>(null)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { versions } = found.data
  if (versions.length === 0) return <Empty className="card" title="Noch keine Fassung">Der erste Lauf, der zu Ende kommt, legt eine ab.</Empty>
  const live = versions.some(({ state }) => state === 'live')
  const pick = (version: string, on: boolean): void => setPicked((old) => (on ? [...old, version].slice(-2) : old.filter((one) => one !== version)))
  const compare = (): void => {
    const [after, before] = versions.filter(({ version }) => picked.includes(version))
    if (before && after) setPair([before, after])
  }
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      {may ? (
        <div className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1 basis-56 text-sm text-muted">{versions.length > 1 ? 'Zwei auswählen, um sie zu vergleichen.' : 'Zum Vergleichen braucht es eine zweite Fassung.'}</p>
          <Button size="sm" disabled={picked.length !== 2} onClick={compare}>
            <GitCompareArrows aria-hidden /> Vergleichen
          </Button>
          <Button size="sm" disabled={!live} onClick={() => setAsked('back')}>
            <History aria-hidden /> Einen Schritt zurück
          </Button>
        </div>
      ) : null}
      <ul aria-label="Fassungen" className="card divide-y divide-line">
        {versions.map((version) => (
          <li key={version.version} className="flex items-start gap-3 px-4 py-3">
            {may && versions.length > 1 ? <Checkbox className="mt-1" label={`Vergleichen: ${shortVersion(version.version)}`} checked={picked.includes(version.version)} onChange={(event) => pick(version.version, event.target.checked)} /> : null}
            <Line version={version} onLive={may && version.state !== 'live' ? () => setAsked({ version }) : null} />
          </li>
        ))}
      </ul>
      <Questions dataset={dataset} asked={asked} onClose={() => setAsked(null)} />
      <DiffDialog pair={pair} onClose={() => setPair(null)} />
    </div>
  )
}

function Line({ version, onLive }: { version: DatasetVersion; onLive: (() => void) | null }) {
  const short = shortVersion(version.version)
  const splits = Object.entries(version.splits)
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
      <div className="num grid min-w-0 flex-1 basis-64 gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <code className="text-sm font-medium" title={version.version}>
            {short}
          </code>
          <CopyButton compact label={`Namen der Fassung ${short} kopieren`} text={() => version.version} />
          <StateBadge word={versionState(version.state)} />
        </p>
        <p className="text-sm">
          {plural(version.rows, 'Datensatz', 'Datensätze')}
          {splits.length > 0 ? ` · ${splits.map(([split, n]) => `${splitName(split)} ${formatCount(n)}`).join(', ')}` : ''}
        </p>
        <p className="text-xs text-muted [overflow-wrap:anywhere]">
          {formatTime(version.created_at)}
          {version.licences.length > 0 ? ` · ${version.licences.map(licenceName).join(', ')}` : ''}
          {version.erased > 0 ? ` · ${plural(version.erased, 'Datensatz', 'Datensätze')} auf Wunsch gelöscht` : ''}
        </p>
      </div>
      {onLive ? (
        <Button size="sm" onClick={onLive} aria-label={`In Gebrauch nehmen: ${short}`}>
          In Gebrauch nehmen
        </Button>
      ) : null}
    </div>
  )
}

function Questions({ dataset, asked, onClose }: { dataset: string; asked: Asked; onClose: () => void }) {
  const renew = useRenew('seeding')
  const version = asked !== null && asked !== 'back' ? asked.version : null
  return (
    <>
      <Confirm
        open={version !== null}
        onClose={onClose}
        title="Fassung in Gebrauch nehmen?"
        action="In Gebrauch nehmen"
        onConfirm={async () => {
          await goLive(dataset, version?.version ?? '')
          await renew()
          toast('In Gebrauch', 'ok', 'Die bisherige Fassung bleibt aufbewahrt.')
        }}
      >
        {version ? `Fassung ${shortVersion(version.version)} mit ${plural(version.rows, 'Datensatz', 'Datensätzen')} tritt an die Stelle der bisherigen. Diese bleibt aufbewahrt, der Weg zurück ist offen.` : null}
      </Confirm>
      <Confirm
        open={asked === 'back'}
        onClose={onClose}
        title="Einen Schritt zurück?"
        action="Zurückgehen"
        danger
        onConfirm={async () => {
          const back = await rollBack(dataset)
          await renew()
          if (back.version) toast('Einen Schritt zurück', 'ok', `In Gebrauch ist wieder ${shortVersion(back.version)}.`)
          else toast('Keine Fassung in Gebrauch', 'info', 'Vor dieser gab es keine.')
        }}
      >
        Die Fassung in Gebrauch wird zurückgenommen, die davor gilt wieder. Gab es keine, ist danach keine in Gebrauch.
      </Confirm>
    </>
  )
}
