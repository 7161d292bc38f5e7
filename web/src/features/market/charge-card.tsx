import { PlugZap } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { formatAt } from '@/lib/format'
import { useLocal } from '@/lib/local'
import { usePriceFigures, type Bounds } from '@/series'
import { Field, Input } from '@/ui/field'
import { Skeleton } from '@/ui/states'
import { amount, nextClock, planOf, wanted, type Plan } from './charge'
import { asked, type Choice } from './products'
import { euroText, priceText, type Unit } from './unit'
import { dayWord, spanText } from './words'

interface ChargeCardProps {
  choice: Choice
  /** Up to when prices are looked at. */
  window: Bounds
  now: number
  unit: Unit
  /** Whether tomorrow's prices are there. */
  known: boolean
}

const hoursText = (hours: number): string => `${hours.toLocaleString('de-DE', { maximumFractionDigits: 1 })} h`

/** When so many kWh are cheapest, and what that saves. */
export function ChargeCard({ choice, window, now, unit, known }: ChargeCardProps) {
  const heading = useId()
  const [kwh, setKwh] = useLocal('nova-laden-kwh', '20')
  const [kw, setKw] = useLocal('nova-laden-kw', '11')
  const [by, setBy] = useLocal('nova-laden-bis', '')
  const [energy, power] = [amount(kwh), amount(kw)]
  const wish = { kwh: energy ?? 1, kw: power ?? 1, by: nextClock(now, by) === null ? '' : by }
  const { hours, from, to } = wanted(wish, now, window.to)
  const there = choice.fine !== null && energy !== null && power !== null
  const found = usePriceFigures({ from, to }, choice.fine ? asked(choice.fine) : {}, Math.min(Math.max(hours, 0.01), 200), there)
  return (
    <section aria-labelledby={heading} className="card grid min-w-0 content-start gap-3 p-4">
      <h2 id={heading} className="flex items-center gap-2 text-sm font-semibold">
        <PlugZap className="size-4 text-brand" aria-hidden /> Wann laden?
      </h2>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Energie (kWh)" error={energy === null ? 'Eine Zahl über 0' : null}>
          {(ids) => <Input {...ids} inputMode="decimal" value={kwh} onChange={(event) => setKwh(event.target.value)} />}
        </Field>
        <Field label="Leistung (kW)" error={power === null ? 'Eine Zahl über 0' : null}>
          {(ids) => <Input {...ids} inputMode="decimal" value={kw} onChange={(event) => setKw(event.target.value)} />}
        </Field>
        <Field label="Fertig bis (freiwillig)" className="col-span-2">
          {(ids) => <Input {...ids} type="time" value={by} onChange={(event) => setBy(event.target.value)} />}
        </Field>
      </div>
      <div role="status" className="num grid gap-1 rounded-control bg-sunken p-3 text-sm">
        {energy === null || power === null ? (
          <p className="text-muted">Nennen Sie Energie und Leistung.</p>
        ) : there && found.isPending ? (
          <Skeleton className="h-12 bg-line" />
        ) : (
          <Advice plan={planOf(there ? (found.data ?? null) : null, wish, now)} now={now} unit={unit} known={known} />
        )}
      </div>
      <p className="text-2xs text-muted">Nur der Börsenpreis; Netzentgelte, Abgaben und Steuern kommen hinzu. Gerechnet wird mit bekannten Preisen, nicht mit Vorhersagen.</p>
    </section>
  )
}

function Advice({ plan, now, unit, known }: { plan: Plan; now: number; unit: Unit; known: boolean }) {
  if (plan.kind === 'none') return <p>Von jetzt an sind keine Preise bekannt.</p>
  if (plan.kind === 'late')
    return (
      <p>
        Das Laden dauert {hoursText(plan.hours)}; bis {formatAt(plan.by)} reicht die Zeit nicht.
      </p>
    )
  if (plan.kind === 'short')
    return (
      <p>
        Das Laden dauert {hoursText(plan.hours)}, Preise sind aber nur noch für {hoursText(plan.known)} bekannt.{known ? '' : ' Die von morgen erscheinen üblicherweise gegen 13 Uhr.'}
      </p>
    )
  return <Found plan={plan} now={now} unit={unit} />
}

function Found({ plan, now, unit }: { plan: Extract<Plan, { kind: 'found' }>; now: number; unit: Unit }) {
  const { stretch, cost, usual, hours, until } = plan
  const saved = usual - cost
  const day = dayWord(stretch.from, now)
  return (
    <>
      <p className="font-semibold">
        {day.charAt(0).toUpperCase() + day.slice(1)}, {spanText(stretch)}
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 text-xs">
        <Row name={`Dauer`}>{hoursText(hours)}</Row>
        <Row name="Mittlerer Preis">{priceText(stretch.mean, unit)}</Row>
        <Row name="Kosten">{euroText(cost)}</Row>
        <Row name={`Zum Mittel bis ${formatAt(until)}`}>{euroText(usual)}</Row>
      </dl>
      <p className="border-t border-line pt-1.5 text-xs">
        {saved >= 0.005 ? (
          <>
            <strong className="font-semibold">{euroText(saved)}</strong> weniger als zum Durchschnitt.
          </>
        ) : (
          'Der Zeitpunkt macht hier keinen Unterschied.'
        )}
        {cost < -0.005 ? ' Der Börsenpreis liegt im Mittel unter 0: Sie bekämen Geld dafür.' : ''}
      </p>
    </>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="text-right">{children}</dd>
    </>
  )
}
