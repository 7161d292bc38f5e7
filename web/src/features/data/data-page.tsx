import { FileUp, Play } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useDataLive, useDataStream } from '@/series'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Empty } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { useEveryMeter, useFeeds, useSimulator } from './api'
import { ConnectDialog } from './deliveries/connect-dialog'
import { DropZone } from './deliveries/drop-zone'
import { FeedsCard } from './deliveries/feeds-card'
import { ImportsList } from './deliveries/imports-list'
import { MeterDrawer } from './meters/meter-drawer'
import { MeterList } from './meters/meter-list'
import { ReportDrawer } from './deliveries/report-drawer'
import type { DataChange, DataSearch } from './meters/search'
import { SimCard, useStartSimulator } from './simulator/sim-card'
import { UploadList } from './deliveries/upload-list'

export interface DataPageProps {
  search: DataSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: DataChange) => void
}

export function DataPage({ search, onSearch }: DataPageProps) {
  useDataStream()
  const meters = useEveryMeter()
  const feeds = useFeeds()
  const sim = useSimulator()
  const [connecting, setConnecting] = useState(false)
  const change = useStable(onSearch)
  const fresh = meters.data?.total === 0 && sim.data?.running === false
  return (
    <Page title="Daten & Simulator" lead={<Lead total={meters.data?.total} />}>
      {fresh ? <Welcome /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_340px]">
        <div className="grid min-w-0 gap-4">
          <FeedsCard onSearch={change} onConnect={() => setConnecting(true)} />
          <DropZone />
        </div>
        <SimCard />
      </div>
      <UploadList onSearch={change} />
      <section className="card min-w-0 overflow-hidden pt-1 [&_[role=tabpanel]]:-mt-5 [&_[role=tablist]]:mx-0 [&_[role=tablist]]:px-3" aria-label="Bestand">
        <Tabs
          label="Bestand"
          value={search.ansicht ?? 'zaehler'}
          onChange={(next) => change({ ansicht: next === 'lieferungen' ? 'lieferungen' : undefined })}
          tabs={[
            { value: 'zaehler', label: meters.data ? `Zähler (${meters.data.total})` : 'Zähler', content: <MeterList search={search} onSearch={change} /> },
            { value: 'lieferungen', label: 'Lieferungen', content: <ImportsList search={search} onSearch={change} /> },
          ]}
        />
      </section>
      <MeterDrawer meterId={search.zaehler} onClose={() => change({ zaehler: undefined })} running={sim.data?.running ?? false} />
      <ReportDrawer batchId={search.lieferung} onClose={() => change({ lieferung: undefined })} onMeter={(meter) => change({ lieferung: undefined, zaehler: meter })} />
      <ConnectDialog open={connecting} onClose={() => setConnecting(false)} feeds={feeds.data?.feeds ?? []} />
    </Page>
  )
}

/** The page's own function changes with every render; search fields must not start anew for it. */
function useStable(onSearch: DataPageProps['onSearch']): DataPageProps['onSearch'] {
  const latest = useRef(onSearch)
  useEffect(() => {
    latest.current = onSearch
  })
  return useCallback((next) => latest.current(next), [])
}

function Lead({ total }: { total: number | undefined }) {
  const live = useDataLive()
  return (
    <span className="num">
      {total === undefined ? ' ' : plural(total, 'Zähler', 'Zähler')}
      {live ? ' · neue Werte erscheinen von selbst' : ''}
    </span>
  )
}

/** A fresh installation: one click for sample data, or a file. */
function Welcome() {
  const tone = useTone()
  const { busy, start } = useStartSimulator()
  return (
    <section className="card" aria-label="Erste Daten">
      <Empty
        className="py-10"
        title="Noch keine Messwerte"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button look="primary" busy={busy} onClick={start}>
              <Play aria-hidden /> Mit Übungsdaten beginnen
            </Button>
            <Button onClick={() => document.querySelector<HTMLInputElement>('[data-testid="readings-input"]')?.click()}>
              <FileUp aria-hidden /> Datei aufnehmen
            </Button>
          </div>
        }
      >
        {tone(
          'Ohne Lastgang rate ich nur, und das kann jeder. Der Simulator liefert in Sekunden zehn Zähler und zwei Wochen; alles davon ist als simuliert gekennzeichnet.',
          'Der Simulator liefert in Sekunden zehn Zähler und zwei Wochen; alles davon ist als simuliert gekennzeichnet.',
        )}
      </Empty>
    </section>
  )
}
