import type { ReactNode } from 'react'
import type { Capability } from '@/api/types'
import { useMay } from '@/lib/may'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { ConsentsTab } from './consents-tab'
import { ErasuresTab } from './erasures-tab'
import { LearnedTab } from './learned-tab'
import { PromptsTab } from './prompts-tab'
import { ProofTab } from './proof-tab'
import type { LearningSearch, OnSearch, Part } from './search'

interface Props {
  search: LearningSearch
  onSearch: OnSearch
}

const NEEDS: Record<Part, Capability> = { gelernt: 'learned', prompts: 'learned', protokoll: 'examine', einwilligungen: 'examine', loeschungen: 'examine' }

/** What was learned and by which prompts Luna speaks; who did what, who agreed to what, who was erased. */
export function LearningPage({ search, onSearch }: Props) {
  const may = useMay()
  const parts: { value: Part; label: string; content: ReactNode }[] = [
    { value: 'gelernt', label: 'Gelernt', content: <LearnedTab admin={may('learn')} search={search} onSearch={onSearch} /> },
    { value: 'prompts', label: 'Prompts', content: <PromptsTab admin={may('learn')} search={search} onSearch={onSearch} /> },
    { value: 'protokoll', label: 'Protokoll', content: <ProofTab search={search} onSearch={onSearch} /> },
    { value: 'einwilligungen', label: 'Einwilligungen', content: <ConsentsTab /> },
    { value: 'loeschungen', label: 'Löschungen', content: <ErasuresTab admin={may('rights')} /> },
  ]
  const tabs = parts.filter(({ value }) => may(NEEDS[value]))
  const first = tabs[0]?.value ?? 'gelernt'
  return (
    <Page title="Lernen & Protokoll" lead="Was gelernt wurde, aus wessen Zustimmung, mit welcher Wirkung, und der Weg zurück.">
      <Tabs
        label="Teile"
        value={tabs.some(({ value }) => value === search.teil) ? (search.teil ?? first) : first}
        onChange={(teil) => onSearch({ teil: teil === first ? undefined : (teil as Part), eintrag: undefined, prompt: undefined, vorgang: undefined, wer: undefined })}
        tabs={tabs}
      />
    </Page>
  )
}
