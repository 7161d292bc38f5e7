import type { ReactNode } from 'react'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { Appearance } from './appearance'
import { Effective } from './effective'
import type { TabName } from './tab'
import { Tokens } from './tokens'
import { Usage } from './usage'
import { Vocabulary } from './vocabulary'

const TABS: { value: TabName; label: string; content: ReactNode }[] = [
  { value: 'darstellung', label: 'Darstellung', content: <Appearance /> },
  { value: 'zugaenge', label: 'Zugänge', content: <Tokens /> },
  { value: 'belegung', label: 'Belegung', content: <Usage /> },
  { value: 'wortschatz', label: 'Wortschatz', content: <Vocabulary /> },
  { value: 'werte', label: 'Wirksame Werte', content: <Effective /> },
]

export function SettingsPage({ tab, onTab }: { tab: string; onTab: (tab: string) => void }) {
  return (
    <Page title="Einstellungen">
      <Tabs label="Bereiche" value={tab} onChange={onTab} tabs={TABS} />
    </Page>
  )
}

/** What a person may set for themselves. */
export function OwnSettingsPage() {
  return (
    <Page title="Einstellungen" lead="Gilt für diesen Browser.">
      <Appearance />
    </Page>
  )
}
