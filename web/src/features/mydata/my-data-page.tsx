import { Page } from '@/ui/page'

/** `person` is null for the operator, who is nobody's customer. */
export function MyDataPage({ person }: { person: string | null }) {
  return <Page title="Meine Daten">{person}</Page>
}
