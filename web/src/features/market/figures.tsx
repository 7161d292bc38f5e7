import { midnight } from '@/lib/berlin'
import { belowZero, mean, rangeText, type DayFacts, type Range } from '@/series'
import { Kpi, KpiRow } from '@/ui/kpi'
import { Segmented } from '@/ui/segmented'
import { formatCount, formatShare, NONE } from '@/lib/format'
import { useHours } from './api'
import type { Days } from './days'
import type { SearchChange } from './search'
import type { Choice } from './products'
import { numberOf, type Unit } from './unit'
import { spanText } from './words'

interface FiguresProps {
  choice: Choice
  days: Days
  day: DayFacts
  now: number
  range: Range
  unit: Unit
  tomorrow: boolean
  onSearch: (next: SearchChange) => void
}

/** The numbers of a day, and two of the range that the history shows. */
export function Figures({ choice, days, day, now, range, unit, tomorrow, onSearch }: FiguresProps) {
  const hours = useHours(choice.fine, range)
  const loading = !days.prices && !days.error
  const number = (value: number | null | undefined): string => numberOf(value, unit)
  const below = hours.prices ? belowZero(hours.prices) : null
  const average = hours.prices ? mean(hours.prices) : null
  const whole = { from: midnight(range.from), to: midnight(range.to - 1, 1) }
  const when = tomorrow ? 'morgen' : 'heute'
  const spread = day.cheap && day.dear ? day.dear.mean - day.cheap.mean : null
  return (
    <div className="grid gap-3">
      {days.tomorrow ? (
        <Segmented
          label="Kennzahlen von"
          value={tomorrow ? 'morgen' : 'heute'}
          onChange={(tag) => onSearch({ tag: tag === 'morgen' ? 'morgen' : undefined })}
          options={[
            { value: 'heute', label: 'Heute' },
            { value: 'morgen', label: 'Morgen' },
          ]}
        />
      ) : null}
      <KpiRow label={`Kennzahlen ${when}`}>
        <Kpi
          label="Jetzt"
          loading={loading}
          value={number(days.price)}
          unit={unit.name}
          note={sign(days.price) ?? (days.series && days.price !== null ? `bis ${end(now, days.series.resolution)}` : 'kein Preis bekannt')}
          help={<p>Der Börsenpreis des laufenden Intervalls, ohne Netzentgelte, Abgaben und Steuern. Unter 0 heißt: Wer an der Börse abnimmt, bekommt Geld dafür.</p>}
        />
        <Kpi
          label={`Tagesmittel ${when} (BASE)`}
          loading={loading}
          value={number(day.base)}
          unit={unit.name}
          note={sign(day.base) ?? (day.whole ? '' : 'der Tag ist nicht vollständig bekannt')}
          help={<p>Das Mittel aller Stunden des Tages von 0 bis 24 Uhr. An Tagen der Zeitumstellung sind es 23 oder 25 Stunden. Fehlt eine Stunde, steht hier nichts.</p>}
        />
        <Kpi
          label={`Spitzenzeit ${when} (PEAK)`}
          loading={loading}
          value={number(day.peak)}
          unit={unit.name}
          note={day.weekend ? 'am Wochenende gibt es kein PEAK' : (sign(day.peak) ?? '8 bis 20 Uhr')}
          help={<p>Das Mittel der zwölf Stunden von 8 bis 20 Uhr, montags bis freitags. Samstage und Sonntage haben kein PEAK.</p>}
        />
        <Kpi
          label={`Spanne ${when}`}
          loading={loading}
          value={number(spread)}
          unit={unit.name}
          note="teuerste minus günstigste Stunde"
          help={<p>Der Abstand zwischen der teuersten und der günstigsten Stunde des Tages. Je größer er ist, desto mehr bringt es, Verbrauch zu verschieben.</p>}
        />
        <Kpi
          label={`Günstigste Stunde ${when}`}
          loading={loading}
          value={number(day.cheap?.mean)}
          unit={unit.name}
          note={day.cheap ? [spanText(day.cheap), sign(day.cheap.mean)].filter(Boolean).join(', ') : ''}
          help={<p>Die Stunde mit dem niedrigsten Mittel. Bei Viertelstundenpreisen ist es das Mittel ihrer vier Werte; von gleichen gilt die frühere.</p>}
        />
        <Kpi
          label={`Teuerste Stunde ${when}`}
          mark
          loading={loading}
          value={number(day.dear?.mean)}
          unit={unit.name}
          note={day.dear ? spanText(day.dear) : ''}
          help={<p>Die Stunde mit dem höchsten Mittel. Was sich verschieben lässt, sollte nicht in ihr laufen.</p>}
        />
        <Kpi
          label="Stunden unter 0 im Zeitraum"
          loading={!below && !hours.error}
          value={below && below.known > 0 ? formatCount(below.hours) : NONE}
          {...(below && below.known > 0 ? { unit: 'h' } : {})}
          note={below ? (below.known > 0 ? `${formatShare(below.hours / below.known)} von ${below.known.toLocaleString('de-DE')} bekannten` : 'nichts bekannt') : ''}
          help={<p>Wie viele Stunden im Mittel weniger als nichts kosteten, im Zeitraum des Rückblicks: {rangeText(whole)}.</p>}
        />
        <Kpi
          label="Mittel im Zeitraum"
          loading={!hours.prices && !hours.error}
          value={number(average)}
          unit={unit.name}
          note={rangeText(whole)}
          help={<p>Das Mittel aller bekannten Stunden im Zeitraum des Rückblicks. Es gewichtet jede Stunde gleich, nicht nach Verbrauch.</p>}
        />
      </KpiRow>
    </div>
  )
}

function sign(value: number | null): string | null {
  return value !== null && value < 0 ? 'unter 0' : null
}

function end(now: number, seconds: number): string {
  return spanText({ from: now, to: (Math.floor(now / seconds) + 1) * seconds }).split(' bis ')[1] ?? ''
}
