/** Put in by the build. */
declare const __APP_VERSION__: string
/** The Electron this version is made for, as pinned in package.json. */
declare const __ELECTRON_WANTED__: string

declare module '*.png?inline' {
  const dataUrl: string
  export default dataUrl
}
