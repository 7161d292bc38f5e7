import { Link } from '@tanstack/react-router'
import { FreshDialog, useOwnWays } from '@/account'
import { ApiError } from '@/lib/http'
import { useMay } from '@/lib/may'
import { buttonLook } from '@/ui/button'
import { Section } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { OwnTokens } from './own-tokens'
import { Sessions } from './sessions'
import { Ways } from './ways'

/** One's own ways in, sessions and tokens. */
export function SignInTab() {
  const own = useOwnWays()
  if (own.data) {
    return (
      <div className="grid gap-6">
        <Section title="Wege hinein">
          <Ways own={own.data} />
        </Section>
        <Sessions />
        <OwnTokens />
        <FreshDialog />
      </div>
    )
  }
  if (own.error instanceof ApiError && own.error.status === 404) return <Nobody />
  return own.isError ? <Fault error={own.error} onRetry={() => void own.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
}

/** Whoever came with a key or a token has no account here. */
function Nobody() {
  const may = useMay()
  return (
    <Empty
      className="card"
      title="Sie sind mit einem Schlüssel hier"
      action={
        may('people') ? (
          <Link to="/admin/personen" className={buttonLook({ look: 'primary' })}>
            Personen einladen
          </Link>
        ) : null
      }
    >
      {may('people')
        ? 'Der Betriebsschlüssel ist niemand: Er hat kein Passwort und keinen Passkey. Laden Sie sich unter „Personen“ selbst ein, und melden Sie sich künftig mit Namen an.'
        : 'Zu diesem Token gehört kein Konto mit Passwort oder Passkey. Ihr Betrieb kann Ihnen einen Einladungslink geben.'}
    </Empty>
  )
}
