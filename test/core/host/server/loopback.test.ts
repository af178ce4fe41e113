/** @file Who the loopback server lets in, and what it gives out. */
import { once } from 'node:events'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

import { AppError } from '../../../../core/errors.ts'
import { listenOnLoopback, type Loopback } from '../../../../core/host/server/loopback.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { cookieOf } from './served.ts'

interface Served extends Loopback {
  readonly origin: string
  readonly host: string
  readonly cookie: string
  /** Windows that got through. */
  readonly ports: () => number
}

async function serveFolder(): Promise<Served> {
  const root = join(temporaryFolder(), 'window')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  await writeFile(join(root, 'assets/main-a1.js'), 'export {}')
  await writeFile(join(root, 'notes.md'), 'not for browsers')
  await writeFile(join(dirname(root), 'secret.js'), 'secret')
  await symlink(join(dirname(root), 'secret.js'), join(root, 'link.js'))
  let ports = 0
  const loopback = await listenOnLoopback({ root, port: 0, onPort: () => ports++ })
  onTestFinished(async () => loopback.close())
  const { origin, host } = new URL(loopback.url)
  return { ...loopback, origin, host, cookie: await cookieOf(loopback.url), ports: () => ports }
}

/** A request as typed, without a client that tidies the path up. */
async function get(
  { host }: Served,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  const [hostname, port] = host.split(':')
  const sent = request({ hostname, port, path, headers, method, agent: false })
  sent.end()
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks).toString(),
    headers: response.headers,
  }
}

async function upgradeStatus(
  { host }: Served,
  path: string,
  headers: Record<string, string>,
  origin?: string,
): Promise<number> {
  const socket = new WebSocket(`ws://${host}${path}`, { headers, ...(origin !== undefined && { origin }) })
  onTestFinished(() => socket.terminate())
  socket.on('error', () => undefined)
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as { statusCode: number }).statusCode,
  )
  return Promise.race([refused, once(socket, 'open').then(() => 101)])
}

describe('the loopback server', () => {
  it('turns the key into a cookie that scripts and other sites cannot use', async () => {
    const served = await serveFolder()
    const response = await fetch(served.url, { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/')
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(new URL(served.url).hostname).toBe('127.0.0.1')
    // 256 bits.
    expect(new URL(served.url).searchParams.get('key')).toMatch(/^[\w-]{43}$/)
  })

  it('gives nothing to those without the key', async () => {
    const served = await serveFolder()
    const name = served.cookie.split('=')[0]
    for (const path of ['/', '/?key=', '/?key=wrong', '/assets/main-a1.js', '/nothing']) {
      expect(await get(served, path, {})).toMatchObject({ status: 403 })
      expect(await get(served, path, { Cookie: `${name}=wrong` })).toMatchObject({ status: 403 })
    }
  })

  it('serves the window with a strict policy', async () => {
    const served = await serveFolder()
    const { status, body, headers } = await get(served, '/', { Cookie: served.cookie })
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html>' })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    const script = await get(served, '/assets/main-a1.js', { Cookie: served.cookie })
    expect(script).toMatchObject({ status: 200, body: 'export {}' })
    expect(await get(served, '/', { Cookie: served.cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await get(served, '/', { Cookie: served.cookie }, 'POST')).toMatchObject({ status: 405 })
  })

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..%5csecret.js',
    '/link.js',
    '/%00.js',
    '/%',
    '/notes.md',
    '/assets',
    `/${'a'.repeat(5000)}.js`,
  ])('finds nothing at %s', async (path) => {
    const served = await serveFolder()
    const { status, body } = await get(served, path, { Cookie: served.cookie })
    expect(status).toBe(404)
    expect(body).not.toContain('secret')
  })

  it('answers nobody who calls it by another name', async () => {
    const served = await serveFolder()
    for (const host of ['evil.example', `evil.example:${served.host.split(':')[1]}`, '127.0.0.1:1']) {
      expect(await get(served, '/', { Cookie: served.cookie, Host: host })).toMatchObject({ status: 403 })
    }
  })

  it('speaks only to windows of its own', async () => {
    const served = await serveFolder()
    const { cookie, origin } = served
    expect(await upgradeStatus(served, '/port', { Cookie: cookie }, 'http://evil.example')).toBe(403)
    expect(await upgradeStatus(served, '/port', { Cookie: cookie }, 'null')).toBe(403)
    expect(await upgradeStatus(served, '/port', { Cookie: cookie })).toBe(403)
    expect(await upgradeStatus(served, '/port', {}, origin)).toBe(403)
    expect(await upgradeStatus(served, '/port', { Cookie: `${cookie}x` }, origin)).toBe(403)
    expect(await upgradeStatus(served, '/other', { Cookie: cookie }, origin)).toBe(403)
    const named = { Cookie: cookie, Host: 'evil.example' }
    expect(await upgradeStatus(served, '/port', named, 'http://evil.example')).toBe(403)
    expect(served.ports()).toBe(0)
    expect(await upgradeStatus(served, '/port', { Cookie: cookie }, origin)).toBe(101)
    expect(served.ports()).toBe(1)
  })

  it('outlives noise on its port', async () => {
    const served = await serveFolder()
    const [hostname, port] = served.host.split(':')
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.end('no http at all\r\n\r\n')
    await once(socket.resume(), 'close')
    const headers = { Cookie: served.cookie }
    const window = new WebSocket(`ws://${served.host}/port`, { headers, origin: served.origin })
    await once(window, 'open')
    // A frame that no client may send: not masked, of a reserved kind.
    ;(window as unknown as { _socket: Socket })._socket.write(Buffer.of(0xff, 0x01, 0x00))
    await once(window, 'close')
    const refused = connect(Number(port), hostname)
    refused.write(`GET /port HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    refused.resetAndDestroy()
    expect(await get(served, '/', { Cookie: served.cookie })).toMatchObject({ status: 200 })
  })

  it('says so when its port is taken', async () => {
    const { host } = await serveFolder()
    const again = listenOnLoopback({ root: '/', port: Number(host.split(':')[1]), onPort: () => undefined })
    await expect(again).rejects.toThrow(AppError)
    await expect(again).rejects.toThrow(/Another program uses port \d+/)
  })
})
