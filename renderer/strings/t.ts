import i18next from 'i18next'
import { en } from './en.ts'

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string]
type Base<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K

/** Every string of the catalogue by its path; plural pairs by their stem. */
export type StringKey = Base<Leaves<typeof en>>

const catalogue = i18next.createInstance()
void catalogue.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  // React and textContent escape by themselves.
  interpolation: { escapeValue: false }
})

/** The words for a key, with `{{name}}` filled from `values`; `count` chooses between singular and plural. */
export function t(key: StringKey, values: { readonly [name: string]: string | number } = {}): string {
  return catalogue.t(key, values)
}
