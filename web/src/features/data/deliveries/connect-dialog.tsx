import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Feed } from '@/api/types'
import { CopyButton } from '@/ui/copy'
import { Drawer } from '@/ui/dialog'
import { StateBadge } from '@/ui/badge'
import { feedState, sourceName } from '../words'

interface Way {
  name: string
  what: string
  /** Lines for the settings, and what each is for. */
  settings: { line: string; text: string }[]
  after: ReactNode
}

const WAYS: Way[] = [
  {
    name: 'drop',
    what: 'Legt ein anderes System Dateien in einen Ordner oder Bucket, holt Nova sie dort ab. Gelesen werden dieselben Formate wie beim Hochladen.',
    settings: [{ line: 'NOVA_DROP=/srv/nova/ablage', text: 'oder s3://bucket/pfad' }],
    after: 'Gelesene Dateien liegen danach im Unterordner „done“, abgelehnte in „refused“, der Bericht jeweils daneben. Nova braucht Schreibrecht. Schreiben Sie unter einem Namen mit der Endung „.part“ und benennen Sie die Datei um, wenn sie vollständig ist.',
  },
  {
    name: 'mqtt',
    what: 'Für Zähler und Gateways, die senden, sobald sie messen: Tasmota, zigbee2mqtt, Home Assistant, Shelly oder eigenes JSON.',
    settings: [
      { line: 'NOVA_MQTT_URL=mqtts://name:kennwort@broker:8883', text: 'Adresse des Brokers' },
      { line: 'NOVA_MQTT_TOPICS=tele/{meter}/SENSOR', text: '{meter} steht, wo der Name des Zählers steht' },
      { line: 'NOVA_MQTT_SECONDS=900', text: 'Länge der Intervalle in Sekunden' },
    ],
    after: 'Ist Nova einmal nicht da, geht nichts verloren, solange der Sender QoS 1 benutzt und der Broker die Nachrichten aufhebt.',
  },
  {
    name: 'smard',
    what: 'Day-ahead-Preis, Netzlast, Photovoltaik und Wind der Gebotszone DE-LU von der Bundesnetzagentur, ohne Anmeldung.',
    settings: [{ line: 'NOVA_SMARD=on', text: 'holt 400 Tage zurück, dann alle 15 Minuten Neues' }],
    after: 'Nova muss dafür www.smard.de erreichen können, notfalls über Ihren Proxy.',
  },
  {
    name: 'entsoe',
    what: 'Preise, Last und Erzeugung von der Transparenzplattform der europäischen Netzbetreiber.',
    settings: [{ line: 'NOVA_ENTSOE_TOKEN=…', text: 'Security Token Ihres kostenlosen Kontos' }],
    after: 'Im Konto der Plattform beantragen Sie den „Web API access“; danach erzeugen Sie dort den Token.',
  },
]

const PUSH = `curl -H "X-Admin-Key: $KEY" -H "Content-Type: application/json" \\
  ${'${NOVA}'}/api/v1/data/readings \\
  -d '[{"meter_id": "halle-3", "ts": "2026-03-01T00:00:00Z", "consumption_kw": 1.5, "seconds": 900}]'`

/** How real sources are connected: which settings, and what happens then. */
export function ConnectDialog({ open, onClose, feeds }: { open: boolean; onClose: () => void; feeds: Feed[] }) {
  const push = PUSH.replace('${NOVA}', window.location.origin)
  return (
    <Drawer open={open} onClose={onClose} title="Quelle anbinden" description="Quellen richten Sie in den Einstellungen des Servers ein. Nach einem Neustart laufen sie von selbst.">
      <div className="grid gap-6">
        {WAYS.map((way) => (
          <section key={way.name} className="grid gap-2" aria-label={sourceName(way.name)}>
            <div className="flex flex-wrap items-center gap-2">
              <h3 className="text-sm font-semibold">{sourceName(way.name)}</h3>
              <State feed={feeds.find((feed) => feed.name === way.name)} />
            </div>
            <p className="text-sm text-muted">{way.what}</p>
            <ul className="grid gap-1.5">
              {way.settings.map(({ line, text }) => (
                <li key={line} className="grid grid-cols-[1fr_auto] items-center gap-x-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
                  <span className="min-w-0 py-1">
                    <code className="text-xs [overflow-wrap:anywhere]">{line}</code>
                    <span className="block text-2xs text-muted">{text}</span>
                  </span>
                  <CopyButton compact label={`${line.split('=')[0]} kopieren`} text={() => line} />
                </li>
              ))}
            </ul>
            <p className="text-xs text-muted">{way.after}</p>
          </section>
        ))}
        <section className="grid gap-2" aria-label="HTTP-Empfang">
          <h3 className="text-sm font-semibold">HTTP-Empfang</h3>
          <p className="text-sm text-muted">Programme senden Messwerte mit dem Betreiberschlüssel; die Antwort ist der Bericht. Dafür ist nichts einzurichten.</p>
          <div className="grid grid-cols-[1fr_auto] items-start gap-x-2 rounded-control border border-line bg-sunken p-2 pl-3">
            <pre className="min-w-0 py-1 text-xs [overflow-wrap:anywhere] whitespace-pre-wrap">{push}</pre>
            <CopyButton compact label="Beispiel kopieren" text={() => push} />
          </div>
        </section>
        <p className="border-t border-line pt-4 text-sm text-muted">
          Was gerade gilt, zeigt{' '}
          <Link to="/einstellungen" search={{ bereich: 'werte' }} className="text-brand underline underline-offset-3">
            Einstellungen, Werte
          </Link>
          . Ausführlich steht es in der Dokumentation: docs/handbuch/messwerte.md, für die Technik docs/how-to/feeds.md und docs/how-to/import-readings.md.
        </p>
      </div>
    </Drawer>
  )
}

function State({ feed }: { feed: Feed | undefined }) {
  return <StateBadge word={feed ? feedState(feed) : { label: 'nicht eingerichtet', shade: 'neutral' }} />
}
