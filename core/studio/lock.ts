/**
 * @file One studio per data folder. The lock is a local socket that the system frees when its process ends, however
 * it ends; beside it a private file says where that studio can be seen.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'

import { AppError } from '../errors.ts'

/** A data folder that belongs to this process. */
export interface HomeLock {
  /** Tells a second studio where this one can be seen. */
  readonly announce: (url: string) => Promise<void>
  readonly release: () => Promise<void>
}

/**
 * Takes a data folder for this process; makes it if need be.
 *
 * @throws AppError `busy` with the address of the studio that has it
 */
export async function lockHome(home: string): Promise<HomeLock> {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const address = addressOf(home)
  const announcement = join(home, 'studio-address.txt')
  const server = await listen(address).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw AppError.from(error)
    return retryWhereDead(address, home, announcement)
  })
  return {
    announce: async (url) => {
      await rm(announcement, { force: true })
      // The address holds the key to this studio: nobody else may read it.
      await writeFile(announcement, url, { mode: 0o600 })
    },
    release: async () => {
      await rm(announcement, { force: true })
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function addressOf(home: string): string {
  const hash = createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\vit-studio-${hash}`
  // Linux has socket names without files, which go with their process.
  return process.platform === 'linux' ? `\0vit-studio-${userInfo().uid}-${hash}` : join(home, 'studio.sock')
}

async function listen(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => resolve(server))
  })
}

/** A socket file outlives a killed process; nobody answers there then. */
async function retryWhereDead(address: string, home: string, announcement: string): Promise<Server> {
  const isFile = !address.startsWith('\0') && !address.startsWith('\\')
  if (isFile && !(await answers(address))) {
    await rm(address, { force: true })
    return listen(address)
  }
  const url = await readFile(announcement, 'utf8').catch(() => null)
  const where = url === null ? '' : ` at ${url}`
  throw new AppError(
    'busy',
    `ViT Studio is open already${where}, and works in ${home}. Use it there, or close it first.`,
    url === null ? {} : { url },
  )
}

async function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
