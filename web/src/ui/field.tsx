import { ChevronDown, Search, X } from 'lucide-react'
import { useEffect, useId, useState, type ComponentPropsWithRef, type ReactNode } from 'react'
import { cn } from '@/lib/cn'

const BOX =
  'w-full rounded-control border border-field bg-panel px-3 text-sm text-ink placeholder:text-muted focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-brand disabled:opacity-60 aria-invalid:border-bad'

export function Input({ className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input className={cn(BOX, 'h-9', className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return <textarea className={cn(BOX, 'min-h-20 py-2', className)} {...rest} />
}

/** The browser's own list: it works with every keyboard, screen reader and telephone. */
export function Select({ className, children, ...rest }: ComponentPropsWithRef<'select'>) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <select className={cn(BOX, 'h-9 appearance-none truncate pr-8')} {...rest}>
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" aria-hidden />
    </span>
  )
}

export function Checkbox({ label, className, ...rest }: ComponentPropsWithRef<'input'> & { label: string }) {
  return <input type="checkbox" aria-label={label} className={cn('tick size-4.5 shrink-0', className)} {...rest} />
}

interface CheckLineProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A box to tick with its words beside it. */
export function CheckLine({ label, hint, checked, onChange }: CheckLineProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 text-sm text-ink">
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="tick mt-0.5 size-4.5 shrink-0"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
  className?: string
}

export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId()
  const note = error || hint ? `${id}-note` : undefined
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': note, ...(error ? { 'aria-invalid': true as const } : {}) })}
      {note ? (
        <p id={note} className={cn('text-xs', error ? 'text-bad' : 'text-muted')}>
          {error || hint}
        </p>
      ) : null}
    </div>
  )
}

interface SearchProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  className?: string
}

/** A search field that tells of its value once typing rests for a moment; what is typed while that is on its way stays. */
export function SearchField({ label, value, onChange, placeholder, className }: SearchProps) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const [told, setTold] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (value !== told) {
      setText(value)
      setTold(value)
    }
  }
  useEffect(() => {
    if (text === told) return
    const timer = setTimeout(() => {
      setTold(text)
      onChange(text)
    }, 250)
    return () => clearTimeout(timer)
  }, [text, told, onChange])
  return (
    <span className={cn('relative inline-flex', className)}>
      <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" aria-hidden />
      <Input type="text" role="searchbox" aria-label={label} placeholder={placeholder ?? label} value={text} onChange={(e) => setText(e.target.value)} className="pr-9 pl-9" />
      {text ? (
        <button type="button" aria-label="Suche leeren" onClick={() => setText('')} className="absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-items-center rounded text-muted hover:text-ink">
          <X className="size-4" aria-hidden />
        </button>
      ) : null}
    </span>
  )
}
