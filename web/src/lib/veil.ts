/** Stored text in, what stands in it for personal values out: before it is kept, "Herr Meier" becomes "Herr [NAME_7KQ2MX]". */

const WORDS: Record<string, string> = {
  'E-MAIL': 'E-Mail-Adresse',
  TELEFON: 'Telefonnummer',
  IBAN: 'IBAN',
  'STEUER-ID': 'Steuer-ID',
  MALO: 'Marktlokation',
  MELO: 'Messlokation',
  ZÄHLER: 'Zähler',
  NAME: 'Name',
  ADRESSE: 'Adresse',
  KUNDENNUMMER: 'Kundennummer',
  VERTRAGSNUMMER: 'Vertragsnummer',
  GEBURTSDATUM: 'Geburtsdatum',
  AUSWEIS: 'Ausweisnummer',
  KENNZEICHEN: 'Kfz-Kennzeichen',
  IP: 'IP-Adresse',
}

const TOKEN = new RegExp(`\\[(${Object.keys(WORDS).join('|')})(?:_[0-9A-HJKMNP-TV-Z]{6})?\\]`, 'g')

/** Plain words, or what a mark stands for, said in one word. */
export interface Part {
  text: string
  veiled: boolean
}

export function parts(text: string): Part[] {
  const found: Part[] = []
  let from = 0
  for (const token of text.matchAll(TOKEN)) {
    if (token.index > from) found.push({ text: text.slice(from, token.index), veiled: false })
    found.push({ text: WORDS[token[1] ?? ''] ?? '', veiled: true })
    from = token.index + token[0].length
  }
  if (from < text.length) found.push({ text: text.slice(from), veiled: false })
  return found
}

export function isVeiled(text: string): boolean {
  return parts(text).some(({ veiled }) => veiled)
}

/** The same as plain text, such as for labels: "Herr [Name]". */
export function worded(text: string): string {
  return parts(text)
    .map(({ text: words, veiled }) => (veiled ? `[${words}]` : words))
    .join('')
}
