// Sets the theme before the first paint, so that a dark room stays dark.
(function () {
  var wish = null
  try {
    wish = window.localStorage.getItem('nova.theme')
  } catch {
    wish = null
  }
  var dark = wish === 'dark' || (wish !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
