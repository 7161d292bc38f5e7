import { Link } from '@tanstack/react-router'
import { buttonLook } from '@/ui/button'
import { usePageTitle } from '@/ui/page'
import { Empty } from '@/ui/states'

/** What stands at an address that is no page's. */
export function NotFound() {
  usePageTitle('Nicht gefunden')
  return (
    <div className="grid flex-1 content-center">
      <h1 className="sr-only">Seite nicht gefunden</h1>
      <Empty
        title="Diese Seite gibt es nicht"
        action={
          <Link to="/fragen" className={buttonLook({ look: 'primary' })}>
            Zu den Fragen
          </Link>
        }
      >
        Die Adresse ist vertippt oder veraltet. Ihre Unterlagen sind davon nicht betroffen.
      </Empty>
    </div>
  )
}
