/** @file The browser's cameras, and single pictures of them. */

/** A running camera. */
export interface OpenCamera {
  readonly stream: MediaStream
  /** Which of the devices it is. */
  readonly device: string
  readonly devices: readonly { readonly id: string; readonly name: string }[]
  readonly close: () => void
}

/**
 * Opens a camera, any if none is named. Throws the browser's DOMException: `NotAllowedError` if it may not be used,
 * `NotFoundError` if there is none, others if it cannot be opened.
 */
export async function openCamera(device: string | null): Promise<OpenCamera> {
  const video = device === null ? true : { deviceId: { exact: device } }
  const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false })
  // Their names are available only after a camera has been allowed.
  const all = await navigator.mediaDevices.enumerateDevices()
  return {
    stream,
    device: stream.getVideoTracks()[0]?.getSettings().deviceId ?? '',
    devices: all
      .filter(({ kind }) => kind === 'videoinput')
      .map(({ deviceId, label }) => ({ id: deviceId, name: label })),
    close: () => stream.getTracks().forEach((track) => track.stop()),
  }
}

/** Enough for any model; more would only take longer to send. */
const longestSide = 1024

/** What the video shows now, as a file; null before its first picture. */
export async function grabPicture(video: HTMLVideoElement, name: string): Promise<File | null> {
  const { videoWidth, videoHeight } = video
  if (videoWidth === 0 || videoHeight === 0) return null
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(scale * videoWidth)
  canvas.height = Math.round(scale * videoHeight)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  const type = 'image/jpeg'
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.95))
  return blob === null ? null : new File([blob], `${name}.jpg`, { type })
}
