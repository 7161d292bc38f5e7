import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX, Download, Info, TriangleAlert, Undo2, Wrench, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { DataImport } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatCount, formatSpan, formatTime, plural } from '@/lib/format'
import { saveText } from '@/lib/save'
import { searchOf } from '@/series'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm, Drawer } from '@/ui/dialog'
import { Fault, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { renew, takeBack, useImport } from '../api'
import { adviceOf, KIND_TITLES, readReport, readTakenBack, reportCsv, sentence, storedLines, verdict, windowText, type Reason, type ReasonKind, type Report } from './report'
import { formatName, importState, sourceName } from '../words'

/** What became of a file: the whole in a sentence, then each cause with its places and what to do. */
export function ReportDrawer({ batchId, onClose, onMeter }: { batchId: number | undefined; onClose: () => void; onMeter: (meterId: string) => void }) {
  const [last, setLast] = useState(batchId)
  if (batchId !== undefined && batchId !== last) setLast(batchId)
  const shown = batchId ?? last
  return shown === undefined ? null : <Opened key={shown} batchId={shown} open={batchId !== undefined} onClose={onClose} onMeter={onMeter} />
}

export function importName(one: Pick<DataImport, 'name' | 'source'>): string {
  const simulated = /^Simulation bis (\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/.exec(one.name)
  return simulated ? `Simulation bis ${formatTime(simulated[1])}` : one.name || sourceName(one.source)
}

function Opened({ batchId, open, onClose, onMeter }: { batchId: number; open: boolean; onClose: () => void; onMeter: (meterId: string) => void }) {
  const found = useImport(batchId)
  const one = found.data
  const report = one ? readReport(one.report) : null
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={one ? importName(one) : 'Bericht'}
      description={one ? <Facts one={one} /> : null}
      footer={
        one && report ? (
          <>
            <span className="num text-xs text-muted">Lieferung {one.batch_id}</span>
            {one.may_take_back ? <TakeBack one={one} /> : null}
            <Button size="sm" disabled={one.state === 'running'} onClick={() => saveText(`bericht-${one.batch_id}.csv`, reportCsv(importName(one), report), 'text/csv')}>
              <Download aria-hidden /> Bericht als CSV
            </Button>
          </>
        ) : null
      }
    >
      {found.isPending ? <Skeleton className="h-64" /> : null}
      {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : null}
      {one && report ? one.state === 'running' ? <p className="text-sm text-muted">Die Datei wird noch gelesen. Der Bericht erscheint hier von selbst.</p> : <Told one={one} report={report} onMeter={onMeter} /> : null}
    </Drawer>
  )
}

/** Undo a delivery as a whole, once it is confirmed. */
function TakeBack({ one }: { one: DataImport }) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="sm" look="danger" onClick={() => setAsking(true)}>
        <Undo2 aria-hidden /> Zurücknehmen
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`„${importName(one)}“ zurücknehmen?`}
        action="Zurücknehmen"
        danger
        onConfirm={async () => {
          await takeBack(one.batch_id)
          toast('Die Lieferung ist zurückgenommen.')
          renew(queries)
        }}
      >
        <div className="grid gap-2">
          <p>Was vor dieser Lieferung galt, gilt wieder; was nur sie brachte, ist fort. Spätere Lieferungen bleiben.</p>
          <p>Vorhersagen, Empfehlungen und Angaben, die darauf beruhen, werden als überholt gekennzeichnet und neu gerechnet. Dieselbe Datei können Sie danach wieder aufnehmen.</p>
        </div>
      </Confirm>
    </>
  )
}

function Facts({ one }: { one: DataImport }) {
  return (
    <span className="num flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge word={importState(one)} /> {sourceName(one.source)} · {formatName(one.format)} · {formatTime(one.created_at)}
      {one.ended_at ? ` · ${formatSpan(one.created_at, one.ended_at)}` : ''}
    </span>
  )
}

function Told({ one, report, onMeter }: { one: DataImport; report: Report; onMeter: (meterId: string) => void }) {
  const nothing = report.accepted + report.corrected === 0
  const Sign = nothing ? CircleX : report.refused > 0 ? TriangleAlert : CircleCheck
  const kinds: ReasonKind[] = ['refused', 'corrected', 'note']
  return (
    <div className="grid gap-5">
      {one.state === 'taken_back' ? (
        <WasTakenBack one={one} />
      ) : (
        <p className={cn('flex items-start gap-2.5 rounded-control border px-3 py-2.5 text-sm', nothing ? 'border-bad/45 bg-bad-soft text-bad' : report.refused > 0 ? 'border-warn/45 bg-warn-soft text-warn' : 'border-ok/45 bg-ok-soft text-ok')}>
          <Sign className="mt-0.5 size-4 shrink-0" aria-hidden />
          {one.state === 'failed' && report.reasons.length === 0 ? 'Das Lesen ist abgebrochen. Nichts aus dieser Datei wurde gespeichert; senden Sie sie noch einmal.' : verdict(report)}
        </p>
      )}
      <dl className="num grid grid-cols-3 gap-2">
        <Sum label="übernommen" value={report.accepted} />
        <Sum label="korrigiert" value={report.corrected} />
        <Sum label="nicht übernommen" value={report.refused} />
      </dl>
      {kinds.map((kind) => (
        <Reasons key={kind} kind={kind} reasons={report.reasons.filter((reason) => reason.kind === kind).map((reason) => ({ ...reason, places: reason.places.filter((place) => place !== one.name) }))} />
      ))}
      <Holds report={report} onMeter={onMeter} />
    </div>
  )
}

function WasTakenBack({ one }: { one: DataImport }) {
  const told = readTakenBack(one.report)
  if (!told) return null
  return (
    <p className="num flex items-start gap-2.5 rounded-control border border-line px-3 py-2.5 text-sm">
      <Undo2 className="mt-0.5 size-4 shrink-0" aria-hidden />
      Am {formatTime(told.at)} zurückgenommen: {plural(told.restored, 'Wert gilt', 'Werte gelten')} wieder wie zuvor, {plural(told.removed, 'Wert ist', 'Werte sind')} fort.
    </p>
  )
}

function Sum({ label, value }: { label: string; value: number }) {
  return (
    <div className="grid content-start rounded-control border border-line px-3 py-2">
      <dt className="text-2xs text-muted">{label}</dt>
      <dd className="text-lg font-semibold">{formatCount(value)}</dd>
    </div>
  )
}

const KIND_SIGNS: Record<ReasonKind, { icon: LucideIcon; ink: string }> = { refused: { icon: CircleX, ink: 'text-bad' }, corrected: { icon: Wrench, ink: 'text-warn' }, note: { icon: Info, ink: 'text-muted' } }

function Reasons({ kind, reasons }: { kind: ReasonKind; reasons: Reason[] }) {
  if (reasons.length === 0) return null
  const { icon: Sign, ink } = KIND_SIGNS[kind]
  return (
    <section className="grid gap-2" aria-label={KIND_TITLES[kind]}>
      <h3 className="flex items-center gap-2 text-sm font-semibold">
        <Sign className={cn('size-4', ink)} aria-hidden /> {KIND_TITLES[kind]}
      </h3>
      <ul className="grid gap-2">
        {reasons.map((reason) => (
          <li key={reason.text} className="grid gap-1 rounded-control border border-line px-3 py-2.5">
            <p className="flex items-start justify-between gap-3 text-sm">
              <span className="min-w-0 [overflow-wrap:anywhere]">{sentence(reason.text)}</span>
              {reason.count > (kind === 'note' ? 1 : 0) ? <span className="num shrink-0 text-muted">{formatCount(reason.count)}×</span> : null}
            </p>
            {reason.places.length > 0 ? (
              <p className="num text-xs text-muted [overflow-wrap:anywhere]">
                {reason.count > reason.places.length ? 'Zum Beispiel: ' : ''}
                {reason.places.join(' · ')}
              </p>
            ) : null}
            <Advice text={adviceOf(reason)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Advice({ text }: { text: string | null }) {
  return text ? <p className="border-l-2 border-brand pl-2.5 text-xs">{text}</p> : null
}

function Holds({ report, onMeter }: { report: Report; onMeter: (meterId: string) => void }) {
  const window = windowText(report)
  const lines = storedLines(report)
  if (!window && lines.length === 0 && report.meters.length === 0 && report.others.length === 0) return null
  const range = report.start !== null && report.end !== null ? searchOf(report.start, report.end) : {}
  return (
    <section className="grid gap-2" aria-label="Inhalt">
      <h3 className="text-sm font-semibold">Was darin war</h3>
      <ul className="num grid gap-1 text-sm text-muted">
        {window ? <li>Zeitraum {window}</li> : null}
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {report.others.map((other) => (
          <li key={other}>{other}</li>
        ))}
      </ul>
      {report.meters.length > 0 ? (
        <ul className="grid gap-1">
          {report.meters.slice(0, 10).map((meter) => (
            <li key={meter} className="flex flex-wrap items-center justify-between gap-x-3 rounded-control border border-line px-3 py-2 text-sm">
              <button type="button" className="min-w-0 text-left font-medium [overflow-wrap:anywhere] hover:text-brand hover:underline" onClick={() => onMeter(meter)}>
                {meter}
              </button>
              <Link to="/energie" search={{ zaehler: meter, ...range }} className="text-xs text-brand underline underline-offset-3">
                Lastgang ansehen
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {report.meterCount > 10 ? <p className="num text-xs text-muted">und {plural(report.meterCount - Math.min(10, report.meters.length), 'weiterer Zähler', 'weitere Zähler')}</p> : null}
    </section>
  )
}
