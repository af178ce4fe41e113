/** @file What the studio's page may do, as headers: the same in every shell. Nothing from elsewhere, no code from strings. */
import type { StaticFile } from './static-files.ts'

type Headers = Readonly<Record<string, string>>

/** The headers of every answer. `connections` are addresses the page may connect to besides its own origin. */
export function pageHeaders(...connections: readonly string[]): Headers {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    ["connect-src 'self'", ...connections].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** The headers of a file of the window. */
export function fileHeaders({ type, body, immutable }: StaticFile): Headers {
  return {
    'Content-Type': type,
    'Content-Length': String(body.length),
    'Cache-Control': immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  }
}
