/** @file Whether this test process computes on the software GPU that vitest.config.ts sets up for test/gpu. */

/** True in the processes of test/gpu where there is a software GPU. */
export const hasGpu = process.env['VIT_STUDIO_SOFTWARE_GPU'] === '1'

/** The reason to show in the title of a skipped test. */
export const withoutGpu = hasGpu ? '' : ' (skipped: the software GPU is for Linux on x64)'
