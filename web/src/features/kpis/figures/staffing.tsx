import { useQuery } from '@tanstack/react-query'
import { formatCount } from '@/lib/format'
import { api, data } from '@/lib/http'
import { Section } from '@/ui/page'

interface Day {
  day: string
  expected: number
  usual: number
}

const DAY = new Intl.DateTimeFormat('de-DE', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'numeric' })

/** Contacts of the coming days beside what is usual; not there where no engine tells. */
export function Staffing() {
  const found = useQuery({ queryKey: ['staffing'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/staffing', { signal })), staleTime: 300_000 })
  const contacts = found.data?.contacts ?? []
  if (contacts.length === 0) return null
  const days = summed(contacts, ({ day }) => day)
  const above = summed(contacts, ({ topic, channel }) => `${topic} (${channel})`).toSorted((one, other) => other.expected - other.usual - (one.expected - one.usual))[0]
  return (
    <Section title="Erwartete Kontakte" aside={<span className="text-xs text-muted">als Hinweis zur Besetzung</span>}>
      <div className="card grid gap-3 p-4">
        {above && above.expected - above.usual >= 1 ? (
          <p className="num text-sm">
            Am meisten über dem Üblichen: {above.day} mit {formatCount(Math.round(above.expected))} statt {formatCount(Math.round(above.usual))} Kontakten.
          </p>
        ) : null}
        <ul aria-label="Erwartete Kontakte je Tag" className="num grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4 lg:grid-cols-7">
          {days.map(({ day, expected, usual }) => (
            <li key={day} className="grid">
              <span className="text-xs text-muted">{DAY.format(new Date(`${day}T00:00:00Z`))}</span>
              <span className="font-medium">{formatCount(Math.round(expected))}</span>
              <span className="text-xs text-muted">üblich {formatCount(Math.round(usual))}</span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

interface Contact {
  day: string
  channel: string
  topic: string
  expected: number
  usual: number
}

function summed(contacts: readonly Contact[], by: (one: Contact) => string): Day[] {
  const sums = new Map<string, Day>()
  for (const one of contacts) {
    const known = sums.get(by(one)) ?? { day: by(one), expected: 0, usual: 0 }
    sums.set(by(one), { day: known.day, expected: known.expected + one.expected, usual: known.usual + one.usual })
  }
  return [...sums.values()]
}
