import type { ReactNode } from 'react'
import type { Role } from '@/api/types'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { ConsentsTab } from './consents-tab'
import { ErasuresTab } from './erasures-tab'
import { LearnedTab } from './learned-tab'
import { PromptsTab } from './prompts-tab'
import { ProofTab } from './proof-tab'
import type { LearningSearch, OnSearch, Part } from './search'

interface Props {
  role: Role
  search: LearningSearch
  onSearch: OnSearch
}

const ALLOWED: Record<Part, Role[]> = { gelernt: ['admin', 'engineer', 'auditor'], prompts: ['admin', 'engineer', 'auditor'], protokoll: ['admin', 'auditor'], einwilligungen: ['admin', 'auditor'], loeschungen: ['admin', 'auditor'] }

/** What was learned and by which prompts Luna speaks; who did what, who agreed to what, who was erased. */
export function LearningPage({ role, search, onSearch }: Props) {
  const admin = role === 'admin'
  const parts: { value: Part; label: string; content: ReactNode }[] = [
    { value: 'gelernt', label: 'Gelernt', content: <LearnedTab admin={admin} search={search} onSearch={onSearch} /> },
    { value: 'prompts', label: 'Prompts', content: <PromptsTab admin={admin} search={search} onSearch={onSearch} /> },
    { value: 'protokoll', label: 'Protokoll', content: <ProofTab search={search} onSearch={onSearch} /> },
    { value: 'einwilligungen', label: 'Einwilligungen', content: <ConsentsTab /> },
    { value: 'loeschungen', label: 'Löschungen', content: <ErasuresTab admin={admin} /> },
  ]
  const tabs = parts.filter(({ value }) => ALLOWED[value].includes(role))
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
