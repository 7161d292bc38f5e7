import { Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Removal, SeedRun } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Field, Select } from '@/ui/field'
import { Pager } from '@/ui/pager'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { REMOVAL_PAGE, undoRemovals, useRemovals, useRenew, type Undo } from './api'
import { countOf, removedBy } from './counts'
import { shownValue } from './data-table'
import { RunPick } from './run-pick'
import type { OnSearch, SeedingSearch } from './search'
import { stepName } from './words'

interface Props {
  runs: SeedRun[]
  search: SeedingSearch
  onSearch: OnSearch
}

/** What a run left out, why, and the way back. */
export function RemovedTab({ runs, search, onSearch }: Props) {
  const ended = runs.filter(({ state }) => state === 'done')
  const run = ended.find(({ run_id }) => run_id === search.lauf) ?? ended[0]
  if (!run) return <Empty className="card" title="Nichts weggelassen">Noch kein Lauf kam bis zu einer Fassung.</Empty>
  return <OfRun key={`${run.run_id} ${search.schritt ?? ''}`} run={run} latest={run === ended[0]} runs={ended} search={search} onSearch={onSearch} />
}

function told(undone: number): void {
  if (undone === 0) toast('Nichts zurückgenommen', 'info', 'Es war schon zurückgenommen, oder die Person hat widersprochen.')
  else toast(`${plural(undone, 'Datensatz', 'Datensätze')} zurückgenommen`, 'ok', undone === 1 ? 'Der nächste Lauf behält ihn.' : 'Der nächste Lauf behält sie.')
}

function OfRun({ run, latest, runs, search, onSearch }: Props & { run: SeedRun; latest: boolean }) {
  const [page, setPage] = useState(0)
  const [asking, setAsking] = useState(false)
  const found = useRemovals(run.run_id, search.schritt, page)
  const renew = useRenew('removals')
  const by = removedBy(run.counts)
  const total = search.schritt ? (by[search.schritt] ?? 0) : (countOf(run.counts, 'removed') ?? 0)
  const undo = async (which: Undo): Promise<void> => {
    const { undone } = await undoRemovals(run.run_id, which)
    await renew()
    told(undone)
  }
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <RunPick runs={runs} run={run} onRun={(lauf) => onSearch({ lauf, schritt: undefined })} />
        <Field label="Schritt" className="min-w-0">
          {(ids) => (
            <Select {...ids} className="max-w-full" value={search.schritt ?? ''} onChange={(event) => onSearch({ schritt: event.target.value || undefined })}>
              <option value="">Alle</option>
              {Object.entries(by).map(([step, n]) => (
                <option key={step} value={step}>
                  {stepName(step)} ({formatCount(n)})
                </option>
              ))}
            </Select>
          )}
        </Field>
        {total > 0 || search.schritt ? (
          <Button look="danger" className="sm:ml-auto" onClick={() => setAsking(true)}>
            <Undo2 aria-hidden /> Ganzen Lauf zurücknehmen
          </Button>
        ) : null}
      </div>
      <OldNews found={found} />
      {found.data ? (
        <Rows removals={found.data.removals} latest={latest} onUndo={undo} onRecord={(satz) => onSearch({ teil: 'herkunft', satz, fassung: String(run.counts.version ?? '') || undefined })} />
      ) : found.isError ? (
        <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
      ) : (
        <div className="card">
          <SkeletonRows />
        </div>
      )}
      {found.data ? (
        <Pager at={page} pages={found.data.more ? Math.max(page + 2, Math.ceil(total / REMOVAL_PAGE)) : page + 1} onPage={setPage} back="Vorige Seite" on="Nächste Seite">
          {plural(total, 'Datensatz', 'Datensätze')} weggelassen
        </Pager>
      ) : null}
      <Confirm open={asking} onClose={() => setAsking(false)} title="Alles dieses Laufs zurücknehmen?" action="Alles zurücknehmen" danger onConfirm={() => undo({})}>
        Der nächste Lauf behält alle {plural(countOf(run.counts, 'removed') ?? 0, 'Datensatz', 'Datensätze')}, die dieser wegließ, auch Doppelte und was die Regeln zurückhielten. Wer widersprochen hat, bleibt draußen.
      </Confirm>
    </div>
  )
}

function Rows({ removals, latest, onUndo, onRecord }: { removals: Removal[]; latest: boolean; onUndo: (which: Undo) => Promise<void>; onRecord: (id: string) => void }) {
  if (removals.length === 0) return <Empty className="card" title="Nichts weggelassen">In diesem Schritt kam jeder Datensatz durch.</Empty>
  return (
    <ul aria-label="Weggelassene Datensätze" className="card divide-y divide-line">
      {removals.map((removal) => (
        <Row key={removal.id} removal={removal} latest={latest} onUndo={onUndo} onRecord={onRecord} />
      ))}
    </ul>
  )
}

function Row({ removal, latest, onUndo, onRecord }: { removal: Removal; latest: boolean; onUndo: (which: Undo) => Promise<void>; onRecord: (id: string) => void }) {
  const { id, step, kept_id: kept, differs, reason, content, undone_at: undone } = removal
  const { busy, send } = useSending(toastFault)
  const open = content !== null && undone === null
  const line = useRef<HTMLLIElement>(null)
  /** The button goes, so the line takes the focus. */
  const undo = (which: Undo): void => void send(() => onUndo(which).then(() => line.current?.focus()))
  return (
    <li ref={line} tabIndex={-1} className="grid gap-1.5 px-4 py-3 focus-visible:-outline-offset-2" aria-label={id}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-64 gap-1">
          <p className="flex flex-wrap items-center gap-2">
            <code className="text-sm font-medium [overflow-wrap:anywhere]">{id}</code> <Tag>{stepName(step)}</Tag>
            {undone ? <Badge className="h-5 text-2xs">zurückgenommen</Badge> : null}
          </p>
          <p className="text-sm [overflow-wrap:anywhere]">{reason}</p>
          {kept || differs ? (
            <p className="text-xs text-muted [overflow-wrap:anywhere]">
              {kept ? <Kept id={kept} onRecord={onRecord} /> : null}
              {kept && differs ? '. ' : ''}
              {differs ? `Unterschied: ${differs}` : ''}
            </p>
          ) : null}
          {undone ? <p className="num text-xs text-muted">{latest ? 'Kommt mit dem nächsten Lauf wieder.' : `Zurückgenommen am ${formatTime(undone)}.`}</p> : null}
        </div>
        {open ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" busy={busy} aria-label={`Zurücknehmen: ${id}`} onClick={() => undo({ ids: [id] })}>
              <Undo2 aria-hidden /> Zurücknehmen
            </Button>
            {kept ? (
              <Button size="sm" disabled={busy} aria-label={`Alle zu ${kept} zurücknehmen`} title={`Alle, für die ${kept} steht`} onClick={() => undo({ kept_id: kept })}>
                Ganze Gruppe
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {content ? (
        <details className="text-xs">
          <summary className="w-fit text-muted" aria-label={`Inhalt von ${id}`}>
            Inhalt
          </summary>
          <dl className="num grid gap-x-3 pt-2 sm:grid-cols-[140px_1fr] sm:gap-y-1">
            {Object.entries(content).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted [overflow-wrap:anywhere]">{name}</dt>
                <dd className="[overflow-wrap:anywhere] max-sm:pb-1.5">{shownValue(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </li>
  )
}

function Kept({ id, onRecord }: { id: string; onRecord: (id: string) => void }) {
  return (
    <>
      Behalten wurde{' '}
      <button type="button" onClick={() => onRecord(id)} className="rounded text-left text-brand underline decoration-brand/40 underline-offset-3 [overflow-wrap:anywhere] hover:decoration-brand">
        {id}
      </button>
    </>
  )
}
