// Fills the one-time code from the link's fragment, which no server ever sees, and takes it out of the address bar.
const field = document.querySelector('[data-code-from-link]');
const code = new URLSearchParams(location.hash.slice(1)).get('code');
if (field && code) {
  field.value = code;
  history.replaceState(null, '', location.pathname);
}
