/** @file The window's files under app://studio, with the same checks and the same policy as on the loopback server. */
import { protocol, type Session } from 'electron'

import { AppError } from '../core/errors.ts'
import { logBug } from '../core/studio/log.ts'
import { fileHeaders, pageHeaders } from '../core/host/server/page-headers.ts'
import { findFile } from '../core/host/server/static-files.ts'
import { isOurs, scheme } from './origin.ts'

/** Makes the page's scheme behave like https: secure, with its own origin. Only before the program is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers the page's address with the files below `root`. */
export function serveWindow(session: Session, root: string): void {
  session.protocol.handle(scheme, async (request) => {
    try {
      return await answer(root, request)
    } catch (thrown) {
      logBug(`${request.method} ${request.url}`, AppError.from(thrown))
      return refuse(500)
    }
  })
}

async function answer(root: string, { method, url }: Request): Promise<Response> {
  if (!isOurs(url)) return refuse(403)
  if (method !== 'GET' && method !== 'HEAD') return refuse(405)
  const file = await findFile(root, new URL(url).pathname)
  if (file === null) return refuse(404)
  const body = method === 'HEAD' ? null : new Uint8Array(file.body)
  return new Response(body, { headers: { ...pageHeaders(), ...fileHeaders(file) } })
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { ...pageHeaders() } })
}
