import { ChartNoAxesCombined, Send, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { EngineState } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { StateBadge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { deliverTo, rollEngineBack, useCoverage, useEngines, useRenew } from './api'
import { ModelDialog } from './model-dialog'
import { deliveryState, figure, shortVersion } from './words'

/** Who uses datasets: what each engine reads, what came of its last delivery, and the way back. */
export function EnginesCard({ may }: { may: boolean }) {
  const found = useEngines()
  const [back, setBack] = useState<EngineState | null>(null)
  const [shown, setShown] = useState<EngineState | null>(null)
  const coverage = useCoverage().data
  const renew = useRenew('seeding')
  const engines = found.data?.engines
  const fed = engines?.filter(({ dataset }) => dataset !== null).length ?? 0
  return (
    <Section title="Engines" aside={engines ? <span className="num text-xs text-muted">{fed} von {engines.length} mit Datensatz{coverage ? ` · ${formatCount(coverage.delivered)} von ${formatCount(coverage.needed)} Spalten` : ''}</span> : null}>
      <OldNews found={found} />
      {!engines ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
      ) : (
        <>
          {fed === 0 ? <p className="text-sm text-muted">Noch bekommt keine Engine einen Datensatz. Welche welchen bekommt, steht in config/seeding/engines.yaml unter „dataset“.</p> : null}
          <ul aria-label="Engines" className="card divide-y divide-line">
            {engines.map((engine) => (
              <li key={engine.name} className="px-4 py-3">
                <Line engine={engine} may={may} lacks={coverage?.missing[engine.name] ?? []} onBack={() => setBack(engine)} onModel={() => setShown(engine)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <ModelDialog engine={shown} onClose={() => setShown(null)} />
      <Confirm
        open={back !== null}
        onClose={() => setBack(null)}
        title="Engine einen Schritt zurück?"
        action="Zurücknehmen"
        danger
        onConfirm={async () => {
          const { version } = await rollEngineBack(back?.name ?? '')
          await renew()
          toast('Zurückgenommen', 'ok', version ? `${back?.title ?? ''} liest wieder ${shortVersion(version)}.` : `${back?.title ?? ''} liest jetzt nichts.`)
        }}
      >
        {back ? `„${back.title}“ liest danach wieder, was sie davor las, Byte für Byte.` : null}
      </Confirm>
    </Section>
  )
}

interface LineProps {
  engine: EngineState
  may: boolean
  /** Columns that its dataset does not have. */
  lacks: string[]
  onBack: () => void
  onModel: () => void
}

function Line({ engine, may, lacks, onBack, onModel }: LineProps) {
  const { last } = engine
  const asked = engine.reached + engine.missed
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium [overflow-wrap:anywhere]">{engine.title}</span>
          {last ? <StateBadge word={deliveryState(last.state)} /> : null}
          {engine.purpose === 'profiling' ? <Tag>bildet Profile</Tag> : null}
        </p>
        <p className="text-xs text-muted">
          Nutzt: {engine.consumer} · misst: {engine.metric}
        </p>
        <p className="num text-xs text-muted [overflow-wrap:anywhere]">
          {engine.name} · {engine.dataset ? `Datensatz ${engine.dataset}` : 'kein Datensatz'}
          {engine.live ? ` · liest ${shortVersion(engine.live)}${engine.rows > 0 ? ` (${plural(engine.rows, 'Datensatz', 'Datensätze')})` : ''}` : ' · liest nichts'}
          {asked > 0 ? ` · antwortete ${formatCount(engine.reached)} von ${formatCount(asked)} Mal in sieben Tagen` : ''}
        </p>
        {engine.dataset && lacks.length > 0 ? <p className="text-xs text-warn [overflow-wrap:anywhere]">Dem Datensatz fehlt: {lacks.join(', ')}</p> : null}
        {engine.recall_since ? <p className="text-xs text-warn">Rückruf steht aus seit {formatTime(engine.recall_since)}: Jemand verließ eine Fassung, die diese Engine noch hat.</p> : null}
        {last ? (
          <p className="num text-xs [overflow-wrap:anywhere]">
            {formatTime(last.delivered_at)}: {last.after === null ? '' : `${last.before === null ? '' : `${figure(last.before)} → `}${figure(last.after)}. `}
            {last.reason}
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        {engine.model ? (
          <Button size="sm" onClick={onModel} aria-label={`Modell ansehen: ${engine.title}`}>
            <ChartNoAxesCombined aria-hidden /> Modell
          </Button>
        ) : null}
        {may ? <Acts engine={engine} onBack={onBack} /> : null}
      </div>
    </div>
  )
}

function Acts({ engine, onBack }: { engine: EngineState; onBack: () => void }) {
  const renew = useRenew('seeding')
  const { busy, send } = useSending(toastFault)
  const deliver = async (): Promise<void> => {
    await deliverTo(engine.name)
    await renew()
    toast('Lieferung verlangt', 'ok', 'Was daraus wird, steht gleich hier.')
  }
  return (
    <>
      {engine.dataset ? (
        <Button size="sm" disabled={busy} onClick={() => void send(deliver)} aria-label={`Liefern: ${engine.title}`}>
          <Send aria-hidden /> Liefern
        </Button>
      ) : null}
      {engine.live && engine.channel === 'in_process' ? (
        <Button size="sm" onClick={onBack} aria-label={`Zurücknehmen: ${engine.title}`}>
          <Undo2 aria-hidden /> Zurücknehmen
        </Button>
      ) : null}
    </>
  )
}
