import { rangeOf, useDataStream, useNow, useProducts } from '@/series'
import { Page } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { ChargeCard } from './charge-card'
import { Controls } from './controls'
import { DayCard } from './day-card'
import { Figures } from './figures'
import { HistoryCards } from './history-cards'
import { NoMarkets } from './nothing'
import { choose, type Choice } from './products'
import { USUAL_WINDOW, type MarketSearch, type SearchChange } from './search'
import { useDays } from './days'
import { CENT, MWH } from './unit'
import { leadText } from './words'

export interface MarketPageProps {
  search: MarketSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: SearchChange) => void
  mayFeed: boolean
}

export function MarketPage({ search, onSearch, mayFeed }: MarketPageProps) {
  useDataStream()
  const products = useProducts()
  const now = useNow()
  const choice = products.data ? choose(products.data, search, now) : null
  if (choice) return <Market choice={choice} now={now} search={search} onSearch={onSearch} />
  return (
    <Page title="Markt" lead="Börsenpreise für Strom: heute, morgen und im Rückblick">
      {products.error ? <Fault error={products.error} onRetry={() => void products.refetch()} className="card" /> : products.data ? <NoMarkets mayFeed={mayFeed} /> : <Waiting />}
    </Page>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label="Preise werden geladen" className="grid gap-4">
      <Skeleton className="h-80 rounded-card" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {[0, 1, 2, 3].map((one) => (
          <Skeleton key={one} className="h-24 rounded-card" />
        ))}
      </div>
    </div>
  )
}

function Market({ choice, now, search, onSearch }: Omit<MarketPageProps, 'mayFeed'> & { choice: Choice; now: number }) {
  const unit = search.einheit === 'ct' ? CENT : MWH
  const days = useDays(choice, now, search.fenster ?? USUAL_WINDOW)
  const range = rangeOf(search, '30t', now)
  const day = search.tag === 'morgen' && days.tomorrow ? days.tomorrow : days.today
  return (
    <Page
      title="Markt"
      lead={days.prices ? <p className="num max-w-2xl">{leadText(now, days.price, days.best, unit)}</p> : <Skeleton className="mt-1 h-4 w-72 max-w-full" />}
      actions={<Controls choice={choice} unit={unit} onSearch={onSearch} />}
    >
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <DayCard choice={choice} days={days} now={now} unit={unit} search={search} onSearch={onSearch} />
        <ChargeCard choice={choice} window={days.window} now={now} unit={unit} known={days.tomorrow !== null} />
      </div>
      <Figures choice={choice} days={days} day={day} now={now} range={range} unit={unit} tomorrow={day !== null && day === days.tomorrow} onSearch={onSearch} />
      <HistoryCards choice={choice} range={range} now={now} unit={unit} search={search} onSearch={onSearch} />
    </Page>
  )
}
