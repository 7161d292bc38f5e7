import { Page, Section } from '@/ui/page'
import { Empty } from '@/ui/states'
import { Choices } from './choices'
import { HandedOver } from './handed-over'
import { Rights } from './rights'
import { OwnUsage } from './usage'

/** What is kept of the signed-in person, what it may be used for, and how it goes. `person` is null for the operator, who is nobody's customer. */
export function MyDataPage({ person }: { person: string | null }) {
  return (
    <Page title="Meine Daten" lead="Was von Ihnen gespeichert ist, wofür es verwendet werden darf und wie Sie es löschen.">
      {person === null ? (
        <Empty className="card" title="Die Verwaltung ist keine Person">
          Einwilligungen, Auskunft und Löschung gehören zu persönlichen Zugängen. Die anderer Personen finden Sie unter „Lernen & Protokoll“.
        </Empty>
      ) : (
        <>
          <Section title="Einwilligungen">
            <Choices person={person} />
          </Section>
          <Section title="Übergaben">
            <HandedOver />
          </Section>
          <Section title="Platz und Rechenzeit">
            <OwnUsage />
          </Section>
          <Section title="Ihre Rechte">
            <Rights />
          </Section>
        </>
      )}
    </Page>
  )
}
