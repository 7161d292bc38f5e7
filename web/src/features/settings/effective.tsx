import { useState } from 'react'
import type { Setting } from '@/api/types'
import { Badge } from '@/ui/badge'
import { SearchField } from '@/ui/field'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useSettings } from './api'

const SOURCES: Record<string, string> = { default: 'Vorgabe', env: 'Umgebung', file: 'Datei', command: 'Aufruf' }

export function Effective() {
  const settings = useSettings()
  const [text, setText] = useState('')
  if (settings.isPending) return <div className="card"><SkeletonRows /></div>
  if (settings.isError) return <Fault error={settings.error} onRetry={() => void settings.refetch()} className="card" />
  const needle = text.trim().toLowerCase()
  const shown = settings.data.settings.filter((setting) => setting.name.toLowerCase().includes(needle))
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-muted">So läuft Nova gerade. Geändert werden die Werte über Umgebungsvariablen oder die Datei .env; sie gelten nach einem Neustart.</p>
      <SearchField label="Einstellung suchen" placeholder="Einstellung suchen …" value={text} onChange={setText} className="w-full sm:w-72" />
      <div className="card overflow-hidden">
        {shown.length === 0 ? <Empty title="Keine Einstellung dieses Namens" /> : null}
        <dl className="divide-y divide-line">
          {shown.map((setting) => (
            <Row key={setting.name} setting={setting} />
          ))}
        </dl>
      </div>
    </div>
  )
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(leer)'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function Row({ setting }: { setting: Setting }) {
  return (
    <div className="grid gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_90px]">
      <dt className="min-w-0">
        <code className="text-xs font-semibold [overflow-wrap:anywhere]">{setting.name}</code>
      </dt>
      <dd className="min-w-0 text-sm [overflow-wrap:anywhere]">{shownValue(setting.value)}</dd>
      <dd>
        <Badge shade={setting.source === 'default' ? 'neutral' : 'brand'}>{SOURCES[setting.source] ?? setting.source}</Badge>
      </dd>
    </div>
  )
}
