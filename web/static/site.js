// All of the site works without this file. It adds printing, puts the keyboard where an error is, and looks again where
// something is awaited.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
const summary = document.querySelector('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}
if (document.querySelector('[data-waiting]')) {
  setInterval(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (answer && !(await answer.text()).includes('data-waiting')) location.reload();
  }, 3000);
}
// A double click sends a form once.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = 0;
  form.addEventListener('submit', (event) => {
    if (Date.now() - sent < 1000) event.preventDefault();
    else sent = Date.now();
  });
}
for (const button of document.querySelectorAll('.govuk-js-password-input-toggle')) {
  const field = document.getElementById(button.getAttribute('aria-controls'));
  const show = (shown) => {
    field.type = shown ? 'text' : 'password';
    button.textContent = shown ? 'Hide' : 'Show';
    button.setAttribute('aria-label', shown ? 'Hide password' : 'Show password');
  };
  button.hidden = false;
  button.addEventListener('click', () => show(field.type === 'password'));
  field.form.addEventListener('submit', () => show(false));
}
