/** @file What a model of the catalogue is good for, by its id: the catalogue says so in English of itself. */
export const catalogue: Readonly<Record<string, string>> = {}
