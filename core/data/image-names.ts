/** @file Which names end like images of a kind that can be read; the window asks the same. */

const imageName = /\.(?:jpe?g|jpe|jfif|png|apng|webp|avif|hei[cf]s?|hif|gif|tiff?|bmp|dib|p[bgpn]m)$/i

/** Whether the name ends like an image of a kind that can be read; the content is looked at later. */
export function isImageName(name: string): boolean {
  return imageName.test(name)
}
