import { ReceiptText } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import type { Meter } from '@/api/types'
import { useLocal } from '@/lib/local'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Popover } from '@/ui/popover'
import type { Terms } from './api'
import { LIMITS, parseNumber, readTerms, termsOf, writeNumber } from './terms'

const KEY = 'nova.tarif'

const FIELDS: { name: keyof Terms; label: string; hint: string }[] = [
  { name: 'fixed_ct_kwh', label: 'Festpreis (ct/kWh)', hint: 'Arbeitspreis Ihres Vertrags, brutto.' },
  { name: 'surcharge_ct_kwh', label: 'Aufschlag auf den Börsenpreis (ct/kWh)', hint: 'Netzentgelt, Steuern, Umlagen und Marge eines dynamischen Tarifs.' },
  { name: 'feed_in_ct_kwh', label: 'Einspeisevergütung (ct/kWh)', hint: 'Was eine eingespeiste kWh bringt.' },
  { name: 'base_eur_year', label: 'Grundpreis (EUR im Jahr)', hint: 'Was unabhängig vom Verbrauch zu zahlen ist, brutto.' },
  { name: 'co2_g_kwh', label: 'Emissionsfaktor (g CO₂/kWh)', hint: 'Aus der Stromkennzeichnung Ihres Lieferanten.' },
]

/** What this browser's entries say is paid; they count only where no tariff is kept with a meter, so that Luna and tiles agree. */
export function useTerms(): Terms {
  const [kept] = useLocal(KEY, '')
  return useMemo(() => readTerms(kept), [kept])
}

/** Entry of what is paid; it stays in this browser. */
export function TermsPopover({ trigger, meter }: { trigger?: ReactElement; meter?: Pick<Meter, 'facts'> }) {
  const [kept, keep] = useLocal(KEY, '')
  return (
    <Popover
      title="Tarif"
      trigger={
        trigger ?? (
          <Button size="sm">
            <ReceiptText aria-hidden /> Tarif
          </Button>
        )
      }
    >
      <p className="text-xs text-muted">Diese Angaben gelten nur, wo beim Zähler kein Tarif hinterlegt ist. Sie bleiben in diesem Browser, bis Sie sich abmelden; Luna kennt sie nicht.</p>
      <TermsForm terms={readTerms(kept)} known={termsOf(meter?.facts.tariff)} onChange={(terms) => keep(JSON.stringify(terms))} />
    </Popover>
  )
}

function TermsForm({ terms, known, onChange }: { terms: Terms; known: Terms; onChange: (terms: Terms) => void }) {
  return (
    <div className="grid gap-3">
      {FIELDS.map(({ name, label, hint }) => (
        <TermField key={name} name={name} label={label} hint={known[name] === undefined ? hint : `Beim Zähler hinterlegt: ${writeNumber(known[name])}; das gilt.`} value={terms[name]} onChange={(value) => onChange({ ...terms, [name]: value })} />
      ))}
      {Object.keys(terms).length > 0 ? (
        <Button size="sm" onClick={() => onChange({})}>
          Alle Angaben leeren
        </Button>
      ) : null}
    </div>
  )
}

function TermField({ name, label, hint, value, onChange }: { name: keyof Terms; label: string; hint: string; value: number | undefined; onChange: (value: number | undefined) => void }) {
  const [text, setText] = useState(writeNumber(value))
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (parseNumber(text, name) !== value) setText(writeNumber(value))
  }
  const parsed = parseNumber(text, name)
  const [low, high] = LIMITS[name]
  const change = (next: string): void => {
    setText(next)
    const number = parseNumber(next, name)
    if (number !== null) onChange(number)
  }
  return (
    <Field label={label} hint={hint} error={parsed === null ? `Bitte eine Zahl von ${low} bis ${high}, etwa 32,5.` : null}>
      {(ids) => <Input {...ids} inputMode="decimal" autoComplete="off" value={text} onChange={(event) => change(event.target.value)} />}
    </Field>
  )
}
