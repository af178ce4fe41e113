/** @file Who the loopback server lets in, and what it gives out. */
import { once } from 'node:events'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

import { askAdmission } from '../../../../core/api/admission.ts'
import { encodeMessage } from '../../../../core/api/codec.ts'
import { AppError } from '../../../../core/errors.ts'
import { listenOnLoopback, type Loopback } from '../../../../core/host/server/loopback.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { keyIn } from './served.ts'

interface Served extends Loopback {
  readonly origin: string
  readonly host: string
  /** Addresses that came after the first. */
  readonly addresses: readonly string[]
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
  const addresses: string[] = []
  const loopback = await listenOnLoopback({
    root,
    port: 0,
    onPort: () => ports++,
    onAddress: (url) => addresses.push(url),
  })
  onTestFinished(async () => loopback.close())
  const { origin, host } = new URL(loopback.url)
  return { ...loopback, origin, host, addresses, ports: () => ports }
}

/** A request as typed, without a client that normalises the path. */
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

/** A WebSocket request; by default like our page's. */
function socketTo(
  { host, origin }: Served,
  asked: { readonly path?: string; readonly origin?: string; readonly host?: string } = {},
): WebSocket {
  const socket = new WebSocket(`ws://${host}${asked.path ?? '/port'}`, {
    headers: { Host: asked.host ?? host },
    ...(asked.origin !== '' && { origin: asked.origin ?? origin }),
  })
  onTestFinished(() => socket.terminate())
  socket.on('error', () => undefined)
  return socket
}

async function upgradeStatus(...asked: Parameters<typeof socketTo>): Promise<number> {
  const socket = socketTo(...asked)
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as { statusCode: number }).statusCode,
  )
  return Promise.race([refused, once(socket, 'open').then(() => 101)])
}

describe('the loopback server', () => {
  it('serves the window, which is not secret, with a strict policy and without a cookie', async () => {
    const served = await serveFolder()
    const { status, body, headers } = await get(served, '/', {})
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html>' })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(await get(served, '/assets/main-a1.js', {})).toMatchObject({ status: 200, body: 'export {}' })
    expect(await get(served, '/?from=elsewhere', {})).toMatchObject({ status: 200 })
    expect(await get(served, '/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await get(served, '/', {}, 'POST')).toMatchObject({ status: 405 })
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
    '//',
    '//secret.js',
    '//127.0.0.1/secret.js',
    'http://127.0.0.1/index.html',
    '*',
    '/notes.md',
    '/assets',
    `/${'a'.repeat(5000)}.js`,
  ])('finds nothing at %s', async (path) => {
    const served = await serveFolder()
    const { status, body } = await get(served, path, {})
    expect(status).toBe(404)
    expect(body).not.toContain('secret')
  })

  it('answers nobody who calls it by another name', async () => {
    const served = await serveFolder()
    for (const host of ['evil.example', `evil.example:${served.host.split(':')[1]}`, '127.0.0.1:1']) {
      expect(await get(served, '/', { Host: host })).toMatchObject({ status: 403 })
    }
  })

  it('speaks only to pages of its own', async () => {
    const served = await serveFolder()
    for (const origin of ['http://evil.example', 'null', '', 'http://127.0.0.1:1', `https://${served.host}`])
      expect(await upgradeStatus(served, { origin })).toBe(403)
    expect(await upgradeStatus(served, { path: '/other' })).toBe(403)
    const named = { host: 'evil.example', origin: 'http://evil.example' }
    expect(await upgradeStatus(served, named)).toBe(403)
    expect(await upgradeStatus(served)).toBe(101)
    expect(served.ports()).toBe(0)
  })

  it('opens one window with a key, and gives it a secret to come back with', async () => {
    const served = await serveFolder()
    // 256 bits.
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=[\w-]{43}$/)
    const key = keyIn(served.url)
    const secret = await askAdmission(socketTo(served), { key })
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(secret).not.toBe(key)
    expect(served.ports()).toBe(1)
    expect(await askAdmission(socketTo(served), { key })).toBeNull()
    expect(await askAdmission(socketTo(served), { key, secret: secret ?? '' })).toBe(secret)
    expect(served.addresses).toHaveLength(1)
    expect(await askAdmission(socketTo(served), { key: keyIn(served.addresses[0] ?? '') })).toBe(secret)
    expect(served.ports()).toBe(3)
    expect(new Set([served.url, ...served.addresses]).size).toBe(3)
  })

  it('lets nobody in who shows something else, too much or nothing', async () => {
    const served = await serveFolder()
    const key = keyIn(served.url)
    for (const shown of [{}, { key: '' }, { key: `${key}x` }, { secret: key }, { key: 'wrong', secret: '' }])
      expect(await askAdmission(socketTo(served), shown)).toBeNull()
    for (const first of [
      JSON.stringify({ key }),
      Buffer.from('noise'),
      Buffer.alloc(100_000),
      encodeMessage(5),
    ]) {
      const socket = socketTo(served)
      socket.on('open', () => socket.send(first))
      await once(socket, 'close')
    }
    // What is still in progress counts too, or it would be kept until it is complete.
    const slow = socketTo(served)
    slow.on('open', () => slow.send(Buffer.alloc(100_000), { fin: false }))
    await once(slow, 'close')
    expect(served.ports()).toBe(0)
    expect(await askAdmission(socketTo(served), { key })).not.toBeNull()
  })

  it('outlives noise on its port', async () => {
    const served = await serveFolder()
    const [hostname, port] = served.host.split(':')
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.end('no http at all\r\n\r\n')
    await once(socket.resume(), 'close')
    const window = socketTo(served)
    await askAdmission(window, { key: keyIn(served.url) })
    // A frame that no client may send: not masked, of a reserved kind.
    ;(window as unknown as { _socket: Socket })._socket.write(Buffer.of(0xff, 0x01, 0x00))
    await once(window, 'close')
    const refused = connect(Number(port), hostname)
    refused.write(`GET /port HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    refused.resetAndDestroy()
    expect(await get(served, '/', {})).toMatchObject({ status: 200 })
  })

  it('says so when its port is taken', async () => {
    const { host } = await serveFolder()
    const again = listenOnLoopback({
      root: '/',
      port: Number(host.split(':')[1]),
      onPort: () => undefined,
      onAddress: () => undefined,
    })
    await expect(again).rejects.toThrow(AppError)
    await expect(again).rejects.toThrow(/Another program is using port \d+/)
  })
})
