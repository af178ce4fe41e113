/** @file What may arrive at the server's port instead of a request of its page: raw bytes, drawn from a seed. */
import { createRandom, integer, type Random } from '../../../core/tensor/random.ts'

/** The bytes to send; the connection is closed for writing afterwards, or broken off. */
export interface Probe {
  readonly bytes: Buffer
  readonly breaksOff: boolean
  /** What the server must not answer with. */
  readonly wrongStatus: RegExp
}

/** The probe of a seed. */
export function probeOf(seed: number, host: string): Probe {
  const random = createRandom(seed)
  const { text, wrongStatus } =
    [noiseProbe, upgradeProbe, pageProbe, pageProbe][seed % 4]?.(random, host) ?? nothing
  const whole = Buffer.from(text, 'latin1')
  const cut = integer(random, 6) === 0 ? integer(random, whole.length + 1) : whole.length
  return { bytes: whole.subarray(0, cut), breaksOff: integer(random, 8) === 0, wrongStatus }
}

type Text = { readonly text: string; readonly wrongStatus: RegExp }

const nothing: Text = { text: '', wrongStatus: /./ }

function noiseProbe(random: Random): Text {
  return { text: noise(random), wrongStatus: /^(200|101|5)/ }
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[integer(random, items.length)] as T
}

function noise(random: Random): string {
  return Array.from({ length: integer(random, 2000) }, () => String.fromCharCode(integer(random, 256))).join(
    '',
  )
}

const methods = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PATCH',
  'BREW',
  'get',
]

const targets = [
  '/',
  '//',
  '///',
  '/index.html',
  '/assets/',
  '*',
  '',
  '/..',
  '/../',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/..%5c..%5cwindows',
  '/\\..\\..',
  '/%00',
  '/index.html%00.png',
  '/%',
  '/%zz',
  '/%c0%ae%c0%ae/',
  '/?key=x',
  '/#key=x',
  '/port',
  '/port?x',
  'http://127.0.0.1/',
  'http://evil.example/',
  'http://',
  '//evil.example/',
  'file:///etc/passwd',
  'javascript:1',
  '/index.html;x',
  '/index.html/',
  '/./index.html',
  '/a/../index.html',
  '/__proto__',
  '/constructor',
  '/CON',
  '/index.html::$DATA',
  '/proc/self/environ',
  `/${'a'.repeat(9000)}`,
  `/${'../'.repeat(500)}`,
]

const versions = ['1.1', '1.1', '1.1', '1.0', '0.9', '2.0', '9.9', '']

function hosts(host: string): readonly string[] {
  const [, port = ''] = host.split(':')
  return [
    host,
    host,
    `localhost:${port}`,
    '',
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    `127.0.0.1:0${port}`,
    `127.1:${port}`,
    `[::1]:${port}`,
    `${host}.evil.example`,
    `evil.example#${host}`,
    `user@${host}`,
    `${host}, evil.example`,
    '\u0000',
  ]
}

const extras = [
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nContent-Length: 4',
  'Transfer-Encoding: chunked, identity',
  'Expect: 100-continue',
  'Connection: close',
  'Connection: keep-alive, upgrade',
  'Upgrade: h2c',
  'Range: bytes=0-',
  'If-None-Match: *',
  ' Folded: x',
  'No colon here',
  ': no name',
  'X: \u0001',
  `Cookie: ${'a=b; '.repeat(2000)}`,
  `X-${'y'.repeat(5000)}: 1`,
  'Origin: null',
  'Accept-Encoding: gzip',
  'X-Forwarded-Host: evil.example',
  'Host: evil.example',
  '__proto__: x',
  'constructor: x',
]

function pageProbe(random: Random, host: string): Text {
  const lines = [
    `${pick(random, methods)} ${pick(random, targets)} HTTP/${pick(random, versions)}`,
    `Host: ${pick(random, hosts(host))}`,
    ...Array.from({ length: integer(random, 4) }, () => pick(random, extras)),
  ]
  const body = pick(random, [
    '',
    '',
    'abcde',
    '5\r\nabcde\r\n0\r\n\r\n',
    'zz\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    '\u0000'.repeat(5000),
  ])
  const end = pick(random, ['\r\n\r\n', '\r\n\r\n', '\r\n\r\n', '\n\n', '\r\n', '\r\r'])
  return { text: lines.join('\r\n') + end + body, wrongStatus: /^(101|5)/ }
}

/** A request for the WebSocket. One with the right origin, host and path gets it, but gains nothing. */
function upgradeProbe(random: Random, host: string): Text {
  const wrongs = ['origin', 'host', 'path', 'key', 'version', 'frames'] as const
  const wrong = pick(random, wrongs)
  const origin =
    wrong === 'origin'
      ? pick(random, ['null', 'http://evil.example', `https://${host}`, `http://${host}.evil.example`, ''])
      : `http://${host}`
  const lines = [
    `GET ${wrong === 'path' ? pick(random, ['/', '/port/', '/port?a', '//port', '/PORT']) : '/port'} HTTP/1.1`,
    `Host: ${wrong === 'host' ? pick(random, ['evil.example', '127.0.0.1:1', '']) : host}`,
    'Connection: Upgrade',
    `Upgrade: ${pick(random, ['websocket', 'websocket', 'WebSocket', 'h2c', 'x'])}`,
    `Sec-WebSocket-Version: ${wrong === 'version' ? pick(random, ['0', '8', '99', 'x']) : '13'}`,
    ...(wrong === 'key'
      ? [pick(random, ['', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Key:'])]
      : ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']),
    `Origin: ${origin}`,
    ...(integer(random, 3) === 0 ? ['Sec-WebSocket-Extensions: permessage-deflate; x="'] : []),
    ...(integer(random, 3) === 0 ? [`Sec-WebSocket-Protocol: ${'p,'.repeat(300)}`] : []),
  ]
  return {
    text: `${lines.filter((line) => line !== '').join('\r\n')}\r\n\r\n${noise(random)}`,
    wrongStatus: ['origin', 'host', 'path'].includes(wrong) ? /^(101|5)/ : /^5/,
  }
}
