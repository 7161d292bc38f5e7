// Gives a running Nova people with accounts: invited by the operator's key, with codes as an app makes them.
import { createHmac } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export const PASSWORD = 'Kanal Birne Wolke 7 Nagel'

/** The path of a new person's link. */
export async function invited({ url, key }, user, role = 'employee', name = '') {
  const answer = await fetch(`${url}/api/v1/admin/people`, { method: 'POST', headers: { 'X-Admin-Key': key, 'Content-Type': 'application/json' }, body: JSON.stringify({ user, role, name }) })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()).data.path
}

/** The six digits that an app shows for a secret (RFC 6238); `steps` half minutes from now. */
export function codeOf(secret, steps = 0) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
  const count = Buffer.alloc(8)
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', key).update(count).digest()
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Waits where the digits are about to change. */
export async function settled() {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 3000) await new Promise((resolve) => setTimeout(resolve, left))
}

/** Follows a link with a password. */
export async function joins(page, path) {
  await page.goto(path)
  await page.getByLabel('Passwort festlegen').fill(PASSWORD)
  await page.getByRole('button', { name: 'Weiter' }).click()
}

/** The secret that the page shows to type. */
export async function secretShown(page) {
  return (await page.getByTestId('factor-secret').innerText()).replaceAll(/\s/g, '')
}

/** Ends the session by the menu, and waits for the page of signing in. */
export async function signsOut(page) {
  await page.getByRole('button', { name: /^Angemeldet als/ }).locator('visible=true').click()
  const afresh = page.waitForEvent('load') // nothing of the person before stays in the page
  await page.getByRole('menuitem', { name: 'Abmelden' }).click()
  await afresh
  await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor()
}

export async function entersByPassword(page, user) {
  await page.getByLabel('Name', { exact: true }).fill(user)
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
}
