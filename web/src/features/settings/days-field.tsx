import { Field, Select } from '@/ui/field'

/** How long a token is good. */
export function DaysField({ days, onDays }: { days: string; onDays: (days: string) => void }) {
  return (
    <Field label="Gültig">
      {(ids) => (
        <Select {...ids} value={days} onChange={(event) => onDays(event.target.value)}>
          <option value="7">7 Tage</option>
          <option value="30">30 Tage</option>
          <option value="90">90 Tage</option>
          <option value="365">1 Jahr</option>
        </Select>
      )}
    </Field>
  )
}
