// For the staff's pages. Only passkeys need it: everything else works without this file.
(() => {
  const page = document;

  // Passkeys. What crosses the wire is text; what the browser's keys speak is bytes.
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const written = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

  const make = (asked) => navigator.credentials.create({ publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: known(asked.excludeCredentials),
  } });

  const use = (asked) => navigator.credentials.get({ publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: known(asked.allowCredentials),
  } });

  const told = ({ id, type, response }) => {
    const parts = { clientDataJSON: written(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature"]) {
      if (response[name]) parts[name] = written(response[name]);
    }
    return JSON.stringify({ id, rawId: id, type, response: parts, clientExtensionResults: {} });
  };

  const ask = async (button) => {
    const form = button.form;
    try {
      const { make: making, use: using } = button.dataset;
      const answer = making ? await make(JSON.parse(making)) : await use(JSON.parse(using));
      form.elements.credential.value = told(answer);
      form.submit();
    } catch {
      form.querySelector("[data-failed]").hidden = false;
    }
  };

  if (window.PublicKeyCredential) {
    for (const part of page.querySelectorAll("[data-passkey]")) part.hidden = false;
    for (const button of page.querySelectorAll("[data-make], [data-use]")) {
      button.addEventListener("click", () => ask(button));
    }
  }

  // Nobody here for a while: ask, and then cover the page. What was typed stays on it.
  const idle = page.getElementById("idle");
  if (!idle?.showModal) return;
  let since = Date.now();
  let typed = null;
  let over = false;

  const leave = () => {
    const here = encodeURIComponent(location.pathname + location.search);
    location.replace(`${idle.dataset.over}?to=${here}`);
  };
  const cover = () => {
    for (const part of idle.querySelectorAll("[data-part]")) {
      part.hidden = part.dataset.part !== "over";
    }
    idle.setAttribute("aria-labelledby", "over-title");
    if (!idle.open) idle.showModal();
  };
  // By the clock on the wall: a computer that slept for an hour was away for an hour.
  const look = () => {
    const away = (Date.now() - since) / 1000;
    if (over) return;
    if (away >= idle.dataset.end) {
      over = true;
      return typed ? cover() : leave();
    }
    if (away >= idle.dataset.warn && !idle.open) idle.showModal();
  };
  const closed = () => {
    if (over) return idle.showModal();
    // The answer is empty; what counts is that the server was asked.
    new Image().src = `${idle.dataset.stay}?${Date.now()}`;
    since = Date.now();
  };

  page.addEventListener("input", (event) => { typed = event.target.form; });
  page.addEventListener("visibilitychange", look);
  idle.addEventListener("close", closed);
  idle.querySelector("[data-idle=stay]").addEventListener("click", () => idle.close());
  idle.querySelector("[data-idle=again]").addEventListener("click", () => typed.requestSubmit());
  setInterval(look, 5000);
})();
