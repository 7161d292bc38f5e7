import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { cn } from '@/lib/cn'

export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        primary: 'bg-brand text-on-brand hover:bg-brand-hover',
        outline: 'border border-edge bg-panel text-ink hover:border-field hover:bg-sunken',
        ghost: 'text-ink hover:bg-sunken',
        danger: 'border border-bad/60 bg-panel text-bad hover:bg-bad-soft',
        link: 'h-auto! px-0! text-brand underline decoration-brand/40 underline-offset-3 hover:decoration-brand',
      },
      size: { md: 'h-9 px-3.5 text-sm', sm: 'h-8 px-2.5 text-xs', lg: 'h-11 px-5 text-base', icon: 'size-9 p-0', 'icon-sm': 'size-8 p-0' },
    },
    defaultVariants: { look: 'outline', size: 'md' },
  },
)

type ButtonProps = ComponentPropsWithRef<'button'> & VariantProps<typeof buttonLook> & { busy?: boolean }

export function Button({ look, size, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cn(buttonLook({ look, size }), className)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  )
}

type IconButtonProps = ComponentPropsWithRef<'button'> & VariantProps<typeof buttonLook> & { label: string }

/** A button that shows only an icon; the label is read out and shown on hover. */
export function IconButton({ label, look = 'ghost', size = 'icon', className, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={cn(buttonLook({ look, size }), className)} {...rest}>
      {children}
    </button>
  )
}
