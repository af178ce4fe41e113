/** @file What a model in the catalogue is good for, by its id: the catalogue itself already says so in English. */
export const catalogue: Readonly<Record<string, string>> = {}
