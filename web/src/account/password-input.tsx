import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentPropsWithRef } from 'react'
import { cn } from '@/lib/cn'
import { IconButton } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { strengthOf } from './strength'

/** A field for something secret, which can be shown. */
export function SecretInput({ what = 'Passwort', className, ...rest }: ComponentPropsWithRef<'input'> & { what?: string }) {
  const [shown, setShown] = useState(false)
  return (
    <span className="relative">
      <Input type={shown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" className={cn('h-11 pr-11', className)} {...rest} />
      <IconButton label={shown ? `${what} verbergen` : `${what} zeigen`} className="absolute top-1 right-1 text-muted" onClick={() => setShown(!shown)}>
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </span>
  )
}

const STEPS = [1, 2, 3, 4]

/** A new password with what can be told of it while it is typed. */
export function NewPasswordField({ value, onChange, known, label = 'Neues Passwort', error }: { value: string; onChange: (text: string) => void; known: readonly string[]; label?: string; error?: string | null }) {
  const { level, shade, text } = strengthOf(value, known)
  const words = shade === 'ok' ? 'text-ok' : shade === 'warn' ? 'text-warn' : 'text-muted'
  return (
    <Field
      label={label}
      error={error ?? null}
      hint={
        <span aria-live="polite" className={words}>
          {text}
        </span>
      }
    >
      {(ids) => (
        <span className="grid gap-1.5">
          <SecretInput {...ids} autoComplete="new-password" maxLength={128} value={value} onChange={(event) => onChange(event.target.value)} />
          <span aria-hidden className="grid grid-cols-4 gap-1">
            {STEPS.map((step) => (
              <span key={step} className={cn('h-1 rounded-full', step > level ? 'bg-line' : shade === 'ok' ? 'bg-ok' : 'bg-warn')} />
            ))}
          </span>
        </span>
      )}
    </Field>
  )
}

/** For password managers: whose password it is. */
export function NameForManagers({ user }: { user: string }) {
  return <input type="text" autoComplete="username" value={user} readOnly tabIndex={-1} aria-hidden className="sr-only" />
}
