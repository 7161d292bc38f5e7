import { Select } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import type { SearchChange } from './search'
import { marketName, productName, type Choice } from './products'
import type { Unit } from './unit'

const keyOf = (one: { market: string; zone: string }): string => `${one.market}|${one.zone}`

/** Market, product and unit; only what has prices can be chosen. */
export function Controls({ choice, unit, onSearch }: { choice: Choice; unit: Unit; onSearch: (next: SearchChange) => void }) {
  const to = (key: string): void => {
    const found = choice.markets.find((one) => keyOf(one) === key)
    if (found) onSearch({ markt: found.market, zone: found.zone })
  }
  return (
    <>
      <Select aria-label="Markt" value={keyOf(choice.shown)} onChange={(event) => to(event.target.value)}>
        {choice.markets.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {marketName(one, choice.markets)}
          </option>
        ))}
      </Select>
      <Select aria-label="Produkt" value={choice.shown.product} onChange={(event) => onSearch({ markt: choice.shown.market, zone: choice.shown.zone, produkt: event.target.value })}>
        {choice.products.map((one) => (
          <option key={one.product} value={one.product}>
            {productName(one.product)}
          </option>
        ))}
      </Select>
      <Segmented
        label="Einheit"
        value={unit.name}
        onChange={(name) => onSearch({ einheit: name === 'ct/kWh' ? 'ct' : undefined })}
        options={[
          { value: 'EUR/MWh', label: 'EUR/MWh' },
          { value: 'ct/kWh', label: 'ct/kWh' },
        ]}
      />
    </>
  )
}
