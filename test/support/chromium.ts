/**
 * @file A browser for tests: Debian's Chromium where it is installed, otherwise the one from the npm package
 * @sparticuz/chromium, unpacked into a private folder together with the libraries and the font list it needs.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

import { chromium, type Browser } from 'playwright'

import { inProject } from '../../build/project.mjs'

const modules = inProject('node_modules')
const installed = '/usr/bin/chromium'
const flags = ['--no-sandbox', '--disable-gpu']

interface Look {
  /** Whether scroll bars are drawn and take room, as in a person's browser; headless ones hide them. */
  readonly scrollBars?: boolean
}

/** Starts a headless browser, or null if there is none for this machine. */
export async function launchChromium(
  more: readonly string[] = [],
  { scrollBars = false }: Look = {},
): Promise<Browser | null> {
  const options = {
    args: [...flags, ...more],
    ...(scrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
  }
  if (existsSync(installed)) return chromium.launch({ executablePath: installed, ...options })
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = unpack()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    ...options,
    env: {
      ...process.env,
      // Under LANG=C this browser names its language in a way that Intl does not take.
      LANG: 'en_US.UTF-8',
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(':'),
    },
  })
}

/** Folder with the browser. It appears complete, by renaming, so that any number of processes may do this at once. */
function unpack(): string {
  const source = join(modules, '@sparticuz', 'chromium')
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }
  const cache = join(modules, '.cache', 'vit-studio')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  const inflate = (name: string): Buffer => brotliDecompressSync(readFileSync(join(source, 'bin', name)))
  writeFileSync(join(draft, 'chromium'), inflate('chromium.br'))
  chmodSync(join(draft, 'chromium'), 0o755)
  for (const name of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br']) {
    execFileSync('tar', ['-xf', '-', '-C', draft], { input: inflate(name) })
  }
  writeFileSync(join(draft, 'fonts.conf'), fontList(join(folder, 'fonts')))
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}

function fontList(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`
}
