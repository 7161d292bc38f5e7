import { useMay } from '@/lib/may'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { AlertsTab } from './alerts/alerts-tab'
import { FiguresTab } from './figures/figures-tab'
import { GapsTab } from './gaps/gaps-tab'
import type { OnSearch, Part, QualitySearch } from './search'
import { ThresholdsTab } from './alerts/thresholds-tab'
import { TicketsTab } from './tickets/tickets-tab'

export interface QualityPageProps {
  search: QualitySearch
  onSearch: OnSearch
}

/** How good Luna is, when that is an alarm, and what is being done about it. */
export function QualityPage({ search, onSearch }: QualityPageProps) {
  const may = useMay()
  return (
    <Page title="KPIs & Alarme" lead="Gemessene Güte, ihre Schwellen, und was daraus folgt.">
      <Tabs
        label="Teile"
        value={search.teil ?? 'kennzahlen'}
        onChange={(teil) => onSearch({ teil: teil === 'kennzahlen' ? undefined : (teil as Part), kennzahl: undefined, ausschnitt: undefined, ticket: undefined, luecke: undefined, stand: undefined, fragen: undefined, frage: undefined })}
        tabs={[
          { value: 'kennzahlen', label: 'Kennzahlen', content: <FiguresTab search={search} onSearch={onSearch} /> },
          { value: 'alarme', label: 'Alarme', content: <AlertsTab maySilence={may('configure')} onSearch={onSearch} /> },
          { value: 'schwellen', label: 'Schwellen', content: <ThresholdsTab mayEdit={may('configure')} /> },
          { value: 'tickets', label: 'Tickets', content: <TicketsTab search={search} onSearch={onSearch} /> },
          { value: 'luecken', label: 'Wissenslücken', content: <GapsTab search={search} onSearch={onSearch} /> },
        ]}
      />
    </Page>
  )
}
