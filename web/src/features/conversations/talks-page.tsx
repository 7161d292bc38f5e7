import { formatCount } from '@/lib/format'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { DecidedTab } from './decided-tab'
import { ReviewTab } from './review-tab'
import type { Part, TalksPageProps } from './search'
import { useSecondDesk } from './second-api'
import { SecondTab } from './second-tab'
import { TalksTab } from './talks-tab'

/** Conversations as they were kept, the answers to look through, and what was decided about them. */
export function TalksPage({ search, onSearch }: TalksPageProps) {
  const counts = useSecondDesk().data?.counts
  const asked = counts ? counts.waiting + counts.disputed : 0
  return (
    <Page title="Gespräche" lead="Pseudonymisiert, bevor sie gespeichert wurden; nur mit Einwilligung.">
      <Tabs
        label="Teile"
        value={search.teil ?? 'gespraeche'}
        onChange={(teil) => onSearch({ teil: teil === 'gespraeche' ? undefined : (teil as Part), gespraech: undefined, eintrag: undefined, grund: undefined, suche: undefined, quelle: undefined, zweck: undefined, urteil: undefined })}
        tabs={[
          { value: 'gespraeche', label: 'Gespräche', content: <TalksTab search={search} onSearch={onSearch} /> },
          { value: 'durchsicht', label: 'Durchsicht', content: <ReviewTab search={search} onSearch={onSearch} /> },
          { value: 'zweitmeinung', label: asked > 0 ? `Zweite Meinung (${formatCount(asked)})` : 'Zweite Meinung', content: <SecondTab search={search} onSearch={onSearch} /> },
          { value: 'freigegeben', label: 'Entschieden', content: <DecidedTab search={search} onSearch={onSearch} /> },
        ]}
      />
    </Page>
  )
}
