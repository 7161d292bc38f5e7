import { Link } from '@tanstack/react-router'
import { usePlaces } from './places'
import { useSignedIn } from './session-context'

/** The pages that people of one's role open most; not there where no engine tells. */
export function StartTiles() {
  const { session } = useSignedIn()
  const tiles = usePlaces(session).tiles.filter(({ to }) => to !== '/')
  if (tiles.length === 0) return null
  return (
    <nav aria-label="Oft gebraucht" className="flex flex-wrap gap-2">
      {tiles.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className="card flex min-h-11 items-center gap-2.5 px-4 py-2 text-sm font-medium hover:border-brand hover:bg-brand-soft [&_svg]:size-4.5 [&_svg]:text-brand">
          <Icon aria-hidden /> {label}
        </Link>
      ))}
    </nav>
  )
}
