// Serves the built app with the API answered from memory: `npm run build && npm run mock`, then http://127.0.0.1:8010
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getResponse } from 'msw'
import { handlers } from './handlers.mjs'

const port = Number(process.env.PORT ?? 8010)
const root = fileURLToPath(new URL('../../../src/nova/webui', import.meta.url))
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }
const csp = "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

async function api(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined
  const wanted = new Request(`http://127.0.0.1:${port}${request.url}`, { method: request.method, headers: request.headers, body })
  return (await getResponse(handlers, wanted)) ?? new Response(JSON.stringify({ status: 'error', message: 'Im Probebetrieb nicht vorhanden.', data: { code: 'not_found' } }), { status: 404 })
}

async function file(url) {
  const path = normalize(new URL(url, 'http://x').pathname)
  const wanted = extname(path) ? path : '/index.html'
  return { type: types[extname(wanted)] ?? 'application/octet-stream', body: await readFile(join(root, wanted)) }
}

const server = createServer(async (request, response) => {
  try {
    if (request.url.startsWith('/api/')) {
      const answer = await api(request)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      if (answer.body) for await (const piece of answer.body) response.write(piece)
      return response.end()
    }
    const { type, body } = await file(request.url)
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': csp })
    response.end(body)
  } catch (error) {
    response.writeHead(500, { 'Content-Type': 'text/plain' })
    response.end(String(error))
  }
})
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
