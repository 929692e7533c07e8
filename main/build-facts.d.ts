/** Put in by the build. */
declare const __APP_VERSION__: string
/** The Electron this version is made for, as pinned in package.json. */
declare const __ELECTRON_WANTED__: string
/** True only in builds made for end-to-end tests, which may be driven through the debugger. Never in a release. */
declare const __DRIVEN_BY_TESTS__: boolean

declare module '*.png?inline' {
  const dataUrl: string
  export default dataUrl
}
