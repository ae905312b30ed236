// Chat: sends without leaving the page, shows the answer while it is written, and turns Send into Stop. Without it, forms do the same.
//   [data-chat]        the page; data-answered and data-lost are what it says
//   [data-chat-form]   the place to type; data-empty, data-long, data-failed and data-out are what it says
//   [data-chat-post]   another form of the conversation
//   [data-stream]      the address of the events of a reply being written, empty otherwise
const chat = document.querySelector("[data-chat]");
const field = chat?.querySelector("[data-chat-form] textarea");
const goesOn = "chat-goes-on";
let source = null;
let sending = false;

const button = (name) => chat.querySelector(`[data-testid="${name}"]`);
const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 160;
const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight });
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

function say(words) {
  const place = document.getElementById("chat-error");
  if (place) place.textContent = words ?? "";
  if (field) field.toggleAttribute("aria-invalid", false);
}

function announce(words) {
  const place = document.getElementById("chat-status");
  if (place) place.textContent = words;
}

// Only what changed is replaced: a person may be reading, or marking words, above.
function grow(element, fresh) {
  const next = [...fresh];
  let same = 0;
  while (same < next.length && element.childNodes[same]?.isEqualNode(next[same])) same += 1;
  while (element.childNodes.length > same) element.lastChild.remove();
  element.append(...next.slice(same).map((node) => document.importNode(node, true)));
}

function swap(page, id) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!old || !fresh) return;
  const focused = old.contains(document.activeElement);
  old.replaceWith(document.importNode(fresh, true));
  // The button that was pressed is gone; the place to type is where a person goes on.
  if (focused) field?.focus();
}

function take(page, ...ids) {
  for (const id of [...ids, "chat-actions"]) swap(page, id);
  const live = document.getElementById("chat-live");
  const fresh = page.getElementById("chat-live");
  if (live && fresh) live.dataset.pollFragments = fresh.dataset.pollFragments ?? "";
}

const read = (address) => fetch(address, { credentials: "same-origin", headers: { Accept: "text/html", "X-Poll": "1" } });

function follow() {
  const reply = chat.querySelector('[data-stream^="/"]');
  if (!reply || source) return;
  source = new EventSource(reply.dataset.stream);
  source.addEventListener("delta", (event) => {
    const stay = !atEnd();
    grow(reply, parsed(event.data).body.childNodes);
    if (!stay) toEnd();
  });
  source.addEventListener("done", () => {
    stopFollowing();
    finish(reply.closest(".turn").id);
  });
  source.addEventListener("error", () => {
    // The browser tries again by itself, unless it was sent elsewhere: then the session is over.
    if (source?.readyState !== EventSource.CLOSED) return;
    stopFollowing();
    say(chat.dataset.lost);
  });
}

function stopFollowing() {
  source?.close();
  source = null;
}

async function finish(id) {
  try {
    const answer = await read(location.pathname);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const stay = !atEnd();
    take(parsed(await answer.text()), id, "attention-live");
    if (!stay) toEnd();
    announce(chat.dataset.answered);
  } catch {
    say(chat.dataset.lost);
  }
}

// A page that was open while its person signed in again holds a form token of the former session.
async function renew() {
  const answer = await read(location.pathname);
  const token = parsed(await answer.text()).querySelector("input[name=__RequestVerificationToken]")?.value;
  if (!token) return false;
  for (const input of document.querySelectorAll("input[name=__RequestVerificationToken]")) input.value = token;
  return true;
}

// Who has just sent goes on typing on the next page too.
function leave(address) {
  try { sessionStorage.setItem(goesOn, "1"); } catch { /* Then the person presses into the field. */ }
  location.assign(address);
}

function goOn() {
  try {
    if (!sessionStorage.getItem(goesOn)) return;
    sessionStorage.removeItem(goesOn);
    field?.focus();
  } catch { /* As above. */ }
}

async function post(form, address, asks, again = false) {
  const words = chat.querySelector("[data-chat-form]")?.dataset ?? {};
  try {
    const answer = await fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { Accept: "text/html", "X-Follows": "1" } });
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/account/")) return say(words.out);
    const page = parsed(await answer.text());
    if (!answer.ok) {
      const why = page.getElementById("chat-error")?.textContent;
      if (!why && answer.status === 400 && !again && (await renew())) return await post(form, address, asks, true);
      return say(why || words.failed);
    }

    say("");
    if (asks) field.value = "";
    if (!page.getElementById(asks ? "turns" : "chat-actions") || !document.getElementById("turns")) return leave(answer.url);
    take(page, "turns");
    if (asks) toEnd();
    follow();
  } catch {
    say(words.failed);
  }
}

async function submit(event) {
  const form = event.target;
  if (!form.matches("[data-chat-form], [data-chat-post]")) return;
  event.preventDefault();
  const pressed = event.submitter;
  const stops = pressed?.hasAttribute("formaction") ?? false;
  const asks = form.matches("[data-chat-form]") && !stops;
  if (sending || (asks && !button("chat-send"))) return;
  if (asks && field.value.trim() === "") return say(form.dataset.empty);
  if (asks && field.value.length > Number(form.dataset.longest)) return say(form.dataset.long.replace("#", String(field.value.length)));

  sending = true;
  pressed?.setAttribute("aria-disabled", "true");
  await post(form, stops ? pressed.formAction : form.action, asks);
  pressed?.removeAttribute("aria-disabled");
  sending = false;
  if (form.matches("[data-chat-form]")) field.focus();
}

function key(event) {
  // An input method takes Enter for itself while it composes; 229 is how some browsers say so.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  const send = button("chat-send");
  if (send) field.form.requestSubmit(send);
}

if (chat) {
  chat.addEventListener("submit", submit);
  field?.addEventListener("keydown", key);
  if (chat.dataset.newest && !location.hash) toEnd();
  goOn();
  follow();
  addEventListener("pagehide", stopFollowing);
  addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
}
