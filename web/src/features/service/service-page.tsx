import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { formatCount, formatDay, formatShare, plural } from '@/lib/format'
import { api, data } from '@/lib/http'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Page, Section } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { asCsv, save, type Customer } from './customers'

const AMOUNT = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const ROUND = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

/** What helps to advise customers: what others offer, who may leave, which groups there are. */
export function ServicePage() {
  return (
    <Page title="Kundendienst" lead="Was hilft, Kundschaft zu beraten und zu halten.">
      <Offers />
      <AtRisk />
      <Groups />
    </Page>
  )
}

interface Found {
  isError: boolean
  error: unknown
  data: unknown
  refetch: () => unknown
}

function Waiting({ found }: { found: Found }) {
  return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={3} /></div>
}

function Offers() {
  const [typed, setTyped] = useState('')
  const [plz, setPlz] = useState('')
  const wrong = typed !== '' && !/^\d{0,5}$/.test(typed)
  const found = useQuery({ queryKey: ['offers', plz], queryFn: ({ signal }) => data(api.GET('/api/v1/offers', { params: { query: { plz } }, signal })), enabled: plz !== '' })
  const look = (event: FormEvent): void => {
    event.preventDefault()
    if (/^\d{5}$/.test(typed)) setPlz(typed)
  }
  return (
    <Section title="Angebote anderer">
      <form onSubmit={look} className="flex flex-wrap items-end gap-2">
        <Field label="Postleitzahl" error={wrong ? 'Fünf Ziffern' : undefined}>
          {(ids) => <Input {...ids} value={typed} onChange={(event) => setTyped(event.target.value.trim())} inputMode="numeric" maxLength={5} className="w-28" />}
        </Field>
        <Button type="submit" disabled={!/^\d{5}$/.test(typed)}>
          Nachsehen
        </Button>
      </form>
      {plz === '' ? null : !found.data ? (
        <Waiting found={found} />
      ) : found.data.offers.length === 0 ? (
        <Empty className="card" title={`Für ${plz} ist kein Angebot bekannt`}>Angebote kommen aus einem Datensatz der Engine „Angebote anderer“.</Empty>
      ) : (
        <Table label={`Angebote für ${plz}`} heads={['Lieferant', 'Grundpreis €/Monat', 'ct/kWh', 'gültig ab']}>
          {found.data.offers.map((one) => (
            <Row key={`${one.supplier} ${one.valid_from}`} cells={[one.supplier, AMOUNT.format(one.base_eur), AMOUNT.format(one.ct_kwh), formatDay(one.valid_from)]} />
          ))}
        </Table>
      )}
    </Section>
  )
}

function AtRisk() {
  const [wanted, setWanted] = useState(false)
  const found = useQuery({ queryKey: ['at-risk'], queryFn: ({ signal }) => data(api.GET('/api/v1/customers/at-risk', { signal })), enabled: wanted, staleTime: Infinity })
  const customers = found.data?.customers
  return (
    <Section
      title="Wer wohl kündigt"
      aside={
        customers && customers.length > 0 ? (
          <Button size="sm" onClick={() => save('abwanderung.csv', asCsv(customers))}>
            <Download aria-hidden /> CSV
          </Button>
        ) : null
      }
    >
      {!wanted ? (
        <div className="card grid justify-items-start gap-3 p-4">
          <p className="text-sm text-muted">Die Liste beruht auf Profilen von Kundschaft, die dem zugestimmt hat. Dass Sie sie ansehen, steht im Protokoll.</p>
          <Button onClick={() => setWanted(true)}>Liste zeigen</Button>
        </div>
      ) : !customers ? (
        <Waiting found={found} />
      ) : customers.length === 0 ? (
        <Empty className="card" title="Dazu ist nichts bekannt">Die Engine „Abwanderung“ hat noch keinen Datensatz gelernt.</Empty>
      ) : (
        <Table label="Wer wohl kündigt" heads={['Kundennummer', 'Wahrscheinlichkeit', 'Tarif', 'Restmonate', 'Preisänderung', 'Kontakte in 90 Tagen']}>
          {customers.map((one) => (
            <Row key={one.customer_no} cells={cellsOf(one)} />
          ))}
        </Table>
      )}
    </Section>
  )
}

const number = (value: number | null): string => (value === null ? '–' : ROUND.format(value))

function cellsOf(one: Customer): string[] {
  return [one.customer_no, formatShare(one.chance), one.tariff ?? '–', number(one.months_left), one.price_change === null ? '–' : AMOUNT.format(one.price_change), number(one.contacts_90d)]
}

const MEANS: Record<string, (value: number) => string> = {
  kwh: (value) => `${formatCount(Math.round(value))} kWh`,
  night_share: (value) => `${formatShare(value)} nachts`,
  peak_kw: (value) => `Spitze ${ROUND.format(value)} kW`,
  pv: (value) => `${formatShare(value)} mit Photovoltaik`,
  ev: (value) => `${formatShare(value)} mit E-Auto`,
}

function Groups() {
  const found = useQuery({ queryKey: ['customer-groups'], queryFn: ({ signal }) => data(api.GET('/api/v1/customers/groups', { signal })), staleTime: 300_000 })
  const groups = found.data?.groups
  return (
    <Section title="Gruppen von Kundschaft">
      {!groups ? (
        <Waiting found={found} />
      ) : groups.length === 0 ? (
        <Empty className="card" title="Noch sind keine Gruppen gefunden">Die Engine „Gruppen von Kundschaft“ hat noch keinen Datensatz gelernt.</Empty>
      ) : (
        <ul aria-label="Gruppen" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {groups.map(({ group, n, means }, at) => (
            <li key={group} className="card grid content-start gap-1 p-4">
              <p className="font-semibold">Gruppe {at + 1}</p>
              <p className="num text-xs text-muted">{plural(n, 'Kunde', 'Kunden')}, im Mittel:</p>
              <ul className="num text-sm">
                {Object.entries(MEANS).map(([name, text]) => (typeof means[name] === 'number' ? <li key={name}>{text(means[name])}</li> : null))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Table({ label, heads, children }: { label: string; heads: string[]; children: ReactNode }) {
  return (
    <div className="card scroll-thin overflow-x-auto">
      <table aria-label={label} className="num w-full min-w-max text-sm">
        <thead>
          <tr className="text-left text-xs text-muted">
            {heads.map((head) => (
              <th key={head} className="px-4 py-2 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

function Row({ cells }: { cells: string[] }) {
  return (
    <tr className="border-t border-line">
      {cells.map((cell, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the columns of a row never change their order
        <td key={at} className="px-4 py-2">
          {cell}
        </td>
      ))}
    </tr>
  )
}
