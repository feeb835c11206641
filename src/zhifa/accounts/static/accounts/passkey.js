// Asks the browser for a key and sends what it answered with the form; nothing else.
(() => {
  "use strict";
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const keys = (listed) => (listed || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function created(options) {
    const user = { ...options.user, id: bytes(options.user.id) };
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        user,
        challenge: bytes(options.challenge),
        excludeCredentials: keys(options.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      made,
    };
  }

  async function proved(options) {
    const made = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: keys(options.allowCredentials),
      },
    });
    return {
      authenticatorData: text(made.response.authenticatorData),
      clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
      made,
    };
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const told = form.querySelector("[data-told]");
    const button = form.querySelector("[data-ask]");
    if (!window.PublicKeyCredential) {
      told.textContent = "这个浏览器不支持通行密钥，请使用动态口令。";
      told.hidden = false;
      return;
    }
    button.disabled = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      told.hidden = true;
      const options = JSON.parse(form.dataset.options);
      try {
        const ask = form.dataset.passkey === "create" ? created : proved;
        const { made, ...response } = await ask(options);
        form.querySelector("[data-credential]").value = JSON.stringify({
          id: made.id,
          rawId: text(made.rawId),
          type: made.type,
          clientExtensionResults: {},
          response,
        });
        form.requestSubmit();
      } catch (error) {
        told.textContent =
          error.name === "InvalidStateError"
            ? "这把通行密钥已经添加过。"
            : "没有得到通行密钥的确认，请重试或者改用动态口令。";
        told.hidden = false;
      }
    });
  });
})();
