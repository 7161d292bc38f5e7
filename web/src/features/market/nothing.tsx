import { Link } from '@tanstack/react-router'
import { buttonLook } from '@/ui/button'
import { Empty } from '@/ui/states'

/** No market has a price yet. */
export function NoMarkets({ mayFeed }: { mayFeed: boolean }) {
  if (!mayFeed)
    return (
      <Empty
        title="Noch keine Preise"
        className="card"
        action={
          <Link to="/hilfe" className={buttonLook({ look: 'primary' })}>
            Zur Hilfe
          </Link>
        }
      >
        Bitten Sie Ihre Verwaltung, eine Preisquelle einzurichten. Danach füllt sich diese Seite von selbst.
      </Empty>
    )
  return (
    <Empty
      title="Noch keine Preise"
      className="card"
      action={
        <Link to="/admin/daten" className={buttonLook({ look: 'primary' })}>
          Preisquelle einrichten
        </Link>
      }
    >
      Starten Sie eine Quelle (ENTSO-E, SMARD), laden Sie eine Datei hoch oder lassen Sie den Simulator handeln. Er tut es ohne Gebühren.
    </Empty>
  )
}
