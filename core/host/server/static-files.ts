/** @file The built window as answers to GET: files below one folder and nothing else. */
import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** A file to send. */
export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  /** Whether its name changes with its content. */
  readonly immutable: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/** The file for the path of a URL, `/` being index.html; null for everything that is not a file below `root`. */
export async function findFile(root: string, urlPath: string): Promise<StaticFile | null> {
  const path = decoded(urlPath)
  const type = path === null ? undefined : types[extname(path)]
  if (path === null || type === undefined) return null
  const file = join(root, normalize(path))
  try {
    // Links and `..` included: the real file must lie below the real root.
    const [real, realRoot] = [await realpath(file), await realpath(root)]
    if (!real.startsWith(realRoot + sep) || !(await stat(real)).isFile()) return null
    return { body: await readFile(real), type, immutable: path.startsWith('/assets/') }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}

/** Null if it cannot be the path of a file. */
function decoded(urlPath: string): string | null {
  try {
    const path = decodeURIComponent(urlPath)
    if (path.includes('\0') || path.includes('\\') || !path.startsWith('/')) return null
    return path === '/' ? '/index.html' : path
  } catch {
    return null
  }
}
