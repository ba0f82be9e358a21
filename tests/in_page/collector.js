// First in every page, before its policy: keeps what the console would say, of all pages of a visit.
(() => {
  const kept = () => JSON.parse(sessionStorage.said ?? "[]");
  const say = (text) => {
    sessionStorage.said = JSON.stringify([...kept(), `${location.pathname}: ${text}`]);
  };
  const failed = ({ message, target }) => say(message ?? `not loaded: ${target.src ?? target.href}`);
  // Of the theme, when a window changes its size; no console shows it. And Firefox fetches the next
  // page beforehand, until the reader goes elsewhere.
  const isNothing = ({ message, target }) =>
    message?.startsWith("ResizeObserver loop") || target.rel === "next";
  addEventListener("error", (event) => isNothing(event) || failed(event), true);
  addEventListener("unhandledrejection", ({ reason }) => say(`rejected: ${reason}`));
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    say(`against the policy: ${violatedDirective} ${blockedURI} ${sample}`),
  );
  for (const kind of ["error", "warn", "log", "info"])
    console[kind] = (...all) => say(`${kind}: ${all.join(" ")}`);
})();
