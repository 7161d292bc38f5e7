import { Link } from '@tanstack/react-router'
import { useTone } from '@/lib/tone'
import { Button, buttonLook } from '@/ui/button'
import { Empty } from '@/ui/states'

/** No meter at all: what to do next, or who can. */
export function NoMeters({ mayFeed }: { mayFeed: boolean }) {
  const tone = useTone()
  if (!mayFeed) {
    return (
      <Empty title="Ihnen ist noch kein Zähler zugeordnet" className="card">
        {tone('Ohne Zähler bleibt die Kurve eine Gerade. ', '')}Ihre Verwaltung kann Ihnen unter „Daten &amp; Simulator“ einen Zähler zuordnen.
      </Empty>
    )
  }
  return (
    <Empty
      title="Noch kein Zähler da"
      className="card"
      action={
        <Link to="/admin/daten" className={buttonLook({ look: 'primary' })}>
          Zu Daten &amp; Simulator
        </Link>
      }
    >
      Lesen Sie eine Datei mit Messwerten ein, oder lassen Sie den Simulator laufen. {tone('Er übt schon.', '')}
    </Empty>
  )
}

export function NoSuchMeter({ onFirst }: { onFirst: () => void }) {
  return (
    <Empty
      title="Diesen Zähler gibt es nicht"
      className="card"
      action={
        <Button look="primary" onClick={onFirst}>
          Meine Zähler zeigen
        </Button>
      }
    >
      Er wurde gelöscht, oder er gehört nicht zu denen, die Sie sehen dürfen.
    </Empty>
  )
}

/** The meter has values, or none, but not here. */
export function NoValues({ name, onLast }: { name: string; onLast: (() => void) | null }) {
  return (
    <Empty
      title="Keine Werte in diesem Zeitraum"
      className="py-10"
      action={
        onLast ? (
          <Button look="primary" onClick={onLast}>
            Zum letzten Wert
          </Button>
        ) : undefined
      }
    >
      {onLast ? `${name} hat in einem anderen Zeitraum Werte.` : `${name} hat noch gar keine Werte. Sobald welche eintreffen, stehen sie hier.`}
    </Empty>
  )
}
