/** A rule's name in, in German what its amounts are made of out; the rules stand in nova.energy.playbooks. */

export interface Reckoning {
  eur: string
  kwh: string
}

const RULES: Record<string, Reckoning> = {
  guenstige_stunden: { eur: 'verschiebbare kWh × Preisabstand der günstigsten und teuersten drei Stunden', kwh: 'üblicher Verbrauch über der Grundlast in den teuersten drei Stunden' },
  negative_preise: { eur: 'verschiebbare kWh × (Preis der teuren Stunden − Preis bei negativem Börsenpreis)', kwh: 'üblicher Verbrauch über der Grundlast in den teuersten drei Stunden' },
  spitzenkappung: { eur: '(höchste Viertelstunde − zehnthöchste Tagesspitze) × Leistungspreis, im Jahr', kwh: 'Energie oberhalb der zehnthöchsten Tagesspitze' },
  grundlast_gestiegen: { eur: 'Anstieg der Grundlast × Stunden der letzten zwei Wochen × Festpreis', kwh: 'Anstieg der Grundlast × Stunden der letzten zwei Wochen' },
  batterie_fahrplan: { eur: 'Kosten des Tages ohne Fahrplan − Kosten mit Fahrplan', kwh: 'was die Batterie an diesem Tag abgibt' },
  ladefenster: { eur: 'Kosten bei sofortigem Beginn − Kosten im günstigen Fenster', kwh: 'Energie der Last' },
  pv_ueberschuss: { eur: 'nutzbare kWh × (Festpreis − Einspeisevergütung), vier Wochen', kwh: 'eingespeist und zu anderer Zeit bezogen' },
  dynamischer_tarif_lohnt: { eur: 'Kosten zum Festpreis − Kosten zum Börsenpreis mit Aufschlag, vier Wochen', kwh: 'keine: gespart wird Geld, nicht Energie' },
  dynamischer_tarif_lohnt_nicht: { eur: 'Kosten zum Börsenpreis mit Aufschlag − Kosten zum Festpreis, vier Wochen', kwh: 'keine: gespart wird Geld, nicht Energie' },
  modul_14a: { eur: 'Jahresverbrauch × Arbeitspreis des Netzes × Abschlag − Pauschale aus Modul 1', kwh: 'keine: gespart wird Geld, nicht Energie' },
}

export function reckoningOf(rule: string): Reckoning | null {
  return RULES[rule] ?? null
}
