// A form marked data-send-on-change needs no button press: a choice sends it. Its button stays for everyone else.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-send-on-change")) form.requestSubmit();
});
