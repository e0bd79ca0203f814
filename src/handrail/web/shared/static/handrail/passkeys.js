// Passkeys: shows the forms that need them, runs the browser's ceremony, and posts its answer.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  async function ceremony(form) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "get") return window.webauthnJSON.get(options);
    const wanted = options.publicKey.authenticatorSelection;
    Object.assign(wanted, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
    return window.webauthnJSON.create(options);
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      const trouble = form.querySelector(".hr-passkey__trouble");
      trouble.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await ceremony(form));
        form.submit();
      } catch (error) {
        trouble.textContent = "That did not work, or was stopped. You can try again, or use another way.";
      }
    });
  });
})();
