import { useState } from 'react'
import type { LearnedPeople } from '@/api/types'
import { plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { FaultLine } from '@/ui/states'
import { learnedPeople } from './api'

/** From whom it was learned, for who examines that; it is looked up only when asked for. */
export function LearnedFrom({ entryId }: { entryId: string }) {
  const [found, setFound] = useState<LearnedPeople | null>(null)
  const { busy, fault, send } = useSending()
  return (
    <Section title="Von wem">
      {found ? (
        <People found={found} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 basis-56 text-sm text-muted">Personen unter ihrem Pseudonym, soweit sie dem Lernen noch zustimmen. Das Nachsehen steht im Protokoll.</p>
          <Button size="sm" busy={busy} onClick={() => void send(async () => setFound(await learnedPeople(entryId)))}>
            Nachsehen
          </Button>
        </div>
      )}
      <FaultLine error={fault} />
    </Section>
  )
}

const placeText = ({ title, section }: { title: string; section: string }): string => [title, section].filter(Boolean).join(', ')

function People({ found }: { found: LearnedPeople }) {
  return (
    <>
      {found.people.length === 0 ? <p className="text-sm text-muted">Niemand, der dem Lernen noch zustimmt.</p> : null}
      {found.people.length > 0 ? (
        <ul aria-label="Von wem gelernt wurde" className="card divide-y divide-line">
          {found.people.map((person) => (
            <li key={person.subject_id} className="grid gap-1 px-4 py-2.5 text-sm">
              <span className="num flex flex-wrap items-center gap-2">
                <code className="text-xs">{person.subject_id}</code> {plural(person.judgements, 'Urteil', 'Urteile')}
              </span>
              <ul className="list-disc pl-5 text-xs text-muted [overflow-wrap:anywhere]">
                {person.passages.map((place) => (
                  <li key={place.chunk_id}>{placeText(place)}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      ) : null}
      {found.operator > 0 ? <p className="num text-xs text-muted">Dazu {plural(found.operator, 'Urteil', 'Urteile')} der Betriebsverwaltung.</p> : null}
    </>
  )
}
