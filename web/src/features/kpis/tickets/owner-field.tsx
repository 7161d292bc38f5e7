import type { Ticket } from '@/api/types'
import { Field, Select } from '@/ui/field'
import { OWNERS } from '../alerts/alert-words'

/** Who is to look after a ticket. */
export function OwnerField({ value, onChange }: { value: Ticket['owner']; onChange: (owner: Ticket['owner']) => void }) {
  return (
    <Field label="Zuständig">
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value as Ticket['owner'])}>
          {OWNERS.map((one) => (
            <option key={one.owner} value={one.owner}>
              {one.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
