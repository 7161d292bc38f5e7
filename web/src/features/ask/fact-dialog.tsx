import { Link } from '@tanstack/react-router'
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { Fact, Recomputed } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { buttonLook } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { FaultLine } from '@/ui/states'
import { useRecomputed } from './api'
import FactChart from './fact-chart'
import { placeOf, queryRows } from './facts'

/** How a number came about, from which rows, and whether it comes out the same today. */
export default function FactDialog({ fact, onClose }: { fact: Fact; onClose: () => void }) {
  const place = placeOf(fact)
  return (
    <Dialog open onClose={onClose} title={fact.text} description={fact.label} className="w-[min(720px,calc(100vw-24px))]">
      <dl className="num grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        {queryRows(fact).map(({ name, value }) => (
          <Row key={name} name={name} value={value} />
        ))}
        <Row name="Zeilen" value={`${formatCount(fact.rows)} Werte der Datenbank`} />
        <Row name="Einheit" value={fact.unit} />
      </dl>
      <Again fact={fact} />
      {fact.chart ? <FactChart fact={fact} facts={[fact]} /> : null}
      <div className="flex flex-wrap justify-between gap-2">
        <span className="num self-center text-2xs break-all text-muted">Angabe {fact.fact_id}</span>
        {place ? (
          <Link {...place} onClick={onClose} className={buttonLook({ look: 'primary', size: 'sm' })}>
            {place.to === '/energie' ? 'In Energie zeigen' : 'Im Markt zeigen'}
          </Link>
        ) : null}
      </div>
    </Dialog>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{value}</dd>
    </>
  )
}

function Again({ fact }: { fact: Fact }) {
  const again = useRecomputed(fact.fact_id)
  if (again.isPending) {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-muted">
        <LoaderCircle className="size-4 animate-spin" aria-hidden /> Wird aus den gespeicherten Werten nachgerechnet …
      </p>
    )
  }
  if (again.isError) return <FaultLine error={again.error} />
  return (
    <p role="status" className={`flex items-start gap-2 rounded-control border px-3 py-2 text-sm ${again.data.equal ? 'border-ok/45 bg-ok-soft text-ok' : 'border-warn/45 bg-warn-soft text-warn'}`}>
      {again.data.equal ? <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden /> : <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />}
      <span className="num">{againText(again.data)}</span>
    </p>
  )
}

/** Whether the number still holds, in words. */
export function againText(again: Recomputed): string {
  const when = formatTime(again.computed_at)
  if (again.equal) return `Nachgerechnet am ${when}: unverändert, aus ${formatCount(again.rows_now)} Werten.`
  if (again.reason) return `Nachgerechnet am ${when}: ${again.reason}`
  return `Nachgerechnet am ${when}: jetzt ${again.text_now} statt ${again.text}. Die Werte haben sich seither geändert.`
}
