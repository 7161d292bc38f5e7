import { Phone, Search, Siren } from 'lucide-react'
import type { components } from '@/api/schema'
import { Button, buttonLook } from '@/ui/button'

type Emergency = components['schemas']['EmergencyData']

const NAMES: Record<Emergency['kind'], string> = {
  gas: 'Gasgeruch oder Gasaustritt',
  outage: 'Stromausfall',
  fire: 'Feuer oder Rauch',
  shock: 'Gefahr durch Strom',
  co: 'Verdacht auf Kohlenmonoxid',
  heat: 'Schaden an der Fernwärme',
  water: 'Wasserschaden',
}

/** What a telephone dials: digits and a leading plus. */
export const dialled = (number: string): string => number.replaceAll(/[^\d+]/g, '')

/** Somebody reports an emergency: whom to call, large enough for a shaking hand, and what to do. */
export function EmergencyNotice({ emergency, sentences, onSearch }: { emergency: Emergency; sentences: { text: string }[]; onSearch: () => void }) {
  return (
    <section role="alert" className="grid gap-3 rounded-control border border-bad/45 bg-bad-soft px-4 py-4">
      <h3 className="flex items-center gap-2.5 text-lg font-semibold text-bad">
        <Siren className="size-5 shrink-0" aria-hidden /> {NAMES[emergency.kind]}
      </h3>
      <p className="flex flex-wrap gap-2">
        <a href={`tel:${dialled(emergency.call)}`} className={buttonLook({ look: 'primary' })}>
          <Phone aria-hidden /> {emergency.call} anrufen
        </a>
        {emergency.hotline === emergency.call ? null : (
          <a href={`tel:${dialled(emergency.hotline)}`} className={buttonLook({})}>
            <Phone aria-hidden /> Störungsdienst {emergency.hotline}
          </a>
        )}
      </p>
      <ul className="grid gap-1.5">
        {sentences.map((sentence) => (
          <li key={sentence.text}>{sentence.text}</li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        Es war kein Notfall?
        <Button size="sm" onClick={onSearch}>
          <Search aria-hidden /> In den Unterlagen suchen
        </Button>
      </p>
    </section>
  )
}
