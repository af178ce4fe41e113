/**
 * @file How the loopback server lets a window in: the window's first message presents a key or the secret, and the
 * answer gives it the secret. None of this is sent automatically, as a cookie would be, so no other page and no other
 * server ever gets it.
 */
import * as z from 'zod'

import { decodeMessage, encodeMessage } from './codec.ts'
import type { WebSocketLike } from './port.ts'

/** Marks the key in the fragment of an address, which is never sent: `http://127.0.0.1:1/#key=…`. */
export const keyName = 'key'

/** What a window presents to be let in. */
export const Credentials = z.object({
  /** From the address; it opens one window, once. */
  key: z.string().optional(),
  /** From the storage of the page's origin, where an earlier window left it. */
  secret: z.string().optional(),
})
export type Credentials = z.output<typeof Credentials>

const Admission = z.object({ secret: z.string() })

/** The server's answer to a window that it lets in. */
export function admission(secret: string): Uint8Array<ArrayBuffer> {
  return encodeMessage({ secret } satisfies z.output<typeof Admission>)
}

/** Asks to be let in over a socket that is opening. Gives the secret to come back with; null where it was refused. */
export async function askAdmission(socket: WebSocketLike, credentials: Credentials): Promise<string | null> {
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve) => {
    socket.addEventListener('open', () => socket.send(encodeMessage(credentials)), { once: true })
    socket.addEventListener('message', ({ data }) => resolve(secretIn(data)), { once: true })
    socket.addEventListener('close', () => resolve(null), { once: true })
  })
}

function secretIn(data: unknown): string | null {
  const message = data instanceof ArrayBuffer ? decodeMessage(new Uint8Array(data)) : null
  return Admission.safeParse(message).data?.secret ?? null
}
