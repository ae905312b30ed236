// <select data-autosubmit>: a choice sends its GET form; the button for browsers without scripts goes away.
for (const button of document.querySelectorAll("[data-autosubmit-button]")) button.hidden = true;

addEventListener("change", (event) => {
  const choice = event.target;
  if (choice.matches?.("select[data-autosubmit]") && choice.form?.method === "get") choice.form.requestSubmit();
});
