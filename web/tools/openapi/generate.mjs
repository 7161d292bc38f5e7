// docs/openapi.json in, web/src/api/schema.d.ts out; the first line names the description it was made from.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../../../docs/openapi.json', import.meta.url)
const target = new URL('../../src/api/schema.d.ts', import.meta.url)
const text = await readFile(source)
const types = astToString(await openapiTS(JSON.parse(text), { alphabetize: true, emptyObjectsUnknown: true, defaultNonNullable: false }))
await writeFile(target, `// Generated from docs/openapi.json, sha256 ${createHash('sha256').update(text).digest('hex')}; \`npm run types\` writes it anew.\n${types}`)
