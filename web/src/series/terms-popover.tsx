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
  { name: 'co2_g_kwh', label: 'Emissionsfaktor (g CO₂/kWh)', hint: 'Aus der Stromkennzeichnung Ihres Lieferanten.' },
]

/** What is paid: this browser's entries, and below them what is known of the meter. */
export function useTerms(meter?: Pick<Meter, 'facts'>): Terms {
  const [kept] = useLocal(KEY, '')
  return useMemo(() => ({ ...termsOf(meter?.facts.tariff), ...readTerms(kept) }), [kept, meter])
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
      <p className="text-xs text-muted">Luna rechnet Kosten und CO₂ mit diesen Angaben. Sie bleiben in diesem Browser, bis Sie sich abmelden.</p>
      <TermsForm terms={readTerms(kept)} known={termsOf(meter?.facts.tariff)} onChange={(terms) => keep(JSON.stringify(terms))} />
    </Popover>
  )
}

function TermsForm({ terms, known, onChange }: { terms: Terms; known: Terms; onChange: (terms: Terms) => void }) {
  return (
    <div className="grid gap-3">
      {FIELDS.map(({ name, label, hint }) => (
        <TermField key={name} name={name} label={label} hint={known[name] === undefined ? hint : `Beim Zähler hinterlegt: ${writeNumber(known[name])}.`} value={terms[name]} onChange={(value) => onChange({ ...terms, [name]: value })} />
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
