import { Link } from '@tanstack/react-router'
import { usePlaces } from './places'
import { useSignedIn } from './session-context'

/** The page that a question is about, where an engine is sure of it. */
export function PageLink({ question }: { question: string }) {
  const { session } = useSignedIn()
  const { page } = usePlaces(session, { question })
  if (!page || page.to === '/fragen') return null
  return (
    <Link to={page.to} className="justify-self-start text-sm text-brand underline underline-offset-3">
      Dazu passt die Seite „{page.label}“
    </Link>
  )
}
