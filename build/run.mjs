/** @file Entry of every npm script. It only checks the version of Node, in syntax that old versions can read too. */
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = manifest.engines.node.replace('>=', '')

if (isOlder(process.versions.node, needed)) {
  console.error(
    `ViT Studio needs Node.js ${needed} or newer, and this is ${process.versions.node}. Install a newer Node.js, then run the command again.`,
  )
  process.exitCode = 2
} else {
  const { runCommand } = await import('./commands.mjs')
  await runCommand(process.argv[2], process.argv.slice(3))
}

/**
 * Whether a version comes before another one.
 *
 * @param {string} version
 * @param {string} other
 */
function isOlder(version, other) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
