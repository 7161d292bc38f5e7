/** The browser's part of passkeys: options of the API in, its answer for the API out. */

type Json = Record<string, unknown>

/** Whether this browser can make and use them; where Nova stands decides the rest. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
}

/** Why there are none; null where there are. `here`: whether browsers offer them at this address. */
export function whyNoPasskeys(here: boolean): string | null {
  if (!here) return 'Passkeys gibt es nur unter https:// oder auf localhost.'
  return hasPasskeys() ? null : 'Dieser Browser kann keine Passkeys verwenden.'
}

const WORDS: Record<string, string> = {
  NotAllowedError: 'Das Gerät hat keinen Passkey bestätigt. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.',
  AbortError: 'Das Gerät hat keinen Passkey bestätigt. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.',
  InvalidStateError: 'Dieses Gerät hat schon einen Passkey für Ihr Konto.',
  SecurityError: 'Unter dieser Adresse gibt es keine Passkeys.',
}

async function answered(wait: Promise<Credential | null>): Promise<Json> {
  let credential: Credential | null
  try {
    credential = await wait
  } catch (error) {
    throw new Error((error instanceof DOMException && WORDS[error.name]) || 'Der Browser konnte den Passkey nicht verwenden.', { cause: error })
  }
  if (!(credential instanceof PublicKeyCredential)) throw new Error(WORDS.NotAllowedError)
  return credential.toJSON() as unknown as Json
}

/** Lets its owner prove a passkey. */
export function askForPasskey(options: Json): Promise<Json> {
  return answered(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON) }))
}

/** Lets its owner make one. */
export function makePasskey(options: Json): Promise<Json> {
  return answered(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON) }))
}

const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** What a new passkey is called unless its owner says otherwise. */
export function deviceName(agent: string = navigator.userAgent): string {
  return DEVICES.find(([mark]) => mark.test(agent))?.[1] ?? 'Dieses Gerät'
}
