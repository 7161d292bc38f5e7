import type { ReactNode } from 'react'
import type { Capability } from '@/api/types'
import { useMay } from '@/lib/may'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { Appearance } from './appearance'
import { Effective } from './effective'
import { SignInTab } from './sign-in/sign-in-tab'
import type { TabName } from './tab'
import { Tokens } from './tokens'
import { Usage } from './usage'
import { Vocabulary } from './vocabulary'

const TABS: { value: TabName; label: string; needs: Capability; content: ReactNode }[] = [
  { value: 'darstellung', label: 'Darstellung', needs: 'use', content: <Appearance /> },
  { value: 'anmeldung', label: 'Anmeldung', needs: 'use', content: <SignInTab /> },
  { value: 'zugaenge', label: 'Zugänge', needs: 'people', content: <Tokens /> },
  { value: 'belegung', label: 'Belegung', needs: 'people', content: <Usage /> },
  { value: 'wortschatz', label: 'Wortschatz', needs: 'configure', content: <Vocabulary /> },
  { value: 'werte', label: 'Wirksame Werte', needs: 'operate', content: <Effective /> },
]

/** What a person may set for themselves, and what for all. */
export function SettingsPage({ tab, onTab }: { tab: string; onTab: (tab: string) => void }) {
  const may = useMay()
  const tabs = TABS.filter(({ needs }) => may(needs))
  return (
    <Page title="Einstellungen">
      <Tabs label="Bereiche" value={tabs.some(({ value }) => value === tab) ? tab : 'darstellung'} onChange={onTab} tabs={tabs} />
    </Page>
  )
}
