/* Parts of a page that renew themselves: the front desk's board, the screen in the waiting room.
   Asks for the parts with the mark of what is shown (304: nothing new), puts in what has changed
   and keeps focus, open details and what is being typed. Rests while the tab is hidden. Without
   this script the page has a link that renews it. */
(function () {
  "use strict";

  var holder = document.querySelector("[data-live]");
  if (!holder || !window.fetch || !window.DOMParser) { return; }

  var url = holder.dataset.liveUrl;
  var seconds = Number(holder.dataset.liveSeconds) || 10;
  // The clock of the computer may be wrong; the waiting times are counted with the server's.
  var skew = holder.dataset.liveNow ? Date.parse(holder.dataset.liveNow) - Date.now() : 0;
  var failed = holder.querySelector("[data-live-failed]");
  var mark = "";
  var failures = 0;
  var timer = 0;
  var asking = false;

  function all(selector, within) {
    return Array.prototype.slice.call(within.querySelectorAll(selector));
  }

  function isTypingIn(part) {
    var here = document.activeElement;
    return Boolean(here && part.contains(here) && here.matches("input, select, textarea"));
  }

  // The form's secret differs in every answer; what the reader sees does not.
  function looks(part) {
    var copy = part.cloneNode(true);
    all("input[name=csrfmiddlewaretoken]", copy).forEach(function (input) { input.remove(); });
    all("[data-since]", copy).forEach(function (time) { time.textContent = ""; });
    return copy.innerHTML.replace(/\s+/g, " ");
  }

  function replace(old, part) {
    var had = old.contains(document.activeElement) ? document.activeElement : null;
    var open = all("details[open][id]", old).map(function (details) { return details.id; });
    var fresh = document.importNode(part, true);
    old.replaceWith(fresh);
    open.forEach(function (id) {
      var details = document.getElementById(id);
      if (details) { details.open = true; }
    });
    if (had) {
      var same = had.id && document.getElementById(had.id);
      var heading = same || document.querySelector("[data-live-heading]");
      if (heading && !same) { heading.setAttribute("tabindex", "-1"); }
      if (heading) { heading.focus({ preventScroll: true }); }
    }
  }

  function say() {
    var heading = document.querySelector("[data-live-say]");
    var place = document.getElementById("announcer");
    if (heading && place) { place.textContent = heading.textContent.trim(); }
  }

  /* Put the new parts in their places. False when one of them waits for somebody who types. */
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var before = document.querySelector("[data-live-say]");
    var count = before ? before.dataset.liveSay : "";
    var shown = true;
    all("[data-live-part]", page).forEach(function (part) {
      var old = document.querySelector('[data-live-part="' + part.dataset.livePart + '"]');
      if (!old || looks(old) === looks(part)) { return; }
      if (isTypingIn(old)) { shown = false; return; }
      replace(old, part);
    });
    var after = document.querySelector("[data-live-say]");
    if (after && after.dataset.liveSay !== count) { say(); }
    tick();
    return shown;
  }

  function tick() {
    var now = Date.now() + skew;
    all("[data-since]", document).forEach(function (time) {
      var minutes = String(Math.max(0, Math.floor((now - Date.parse(time.dataset.since)) / 60000)));
      if (time.textContent !== minutes) { time.textContent = minutes; }
    });
  }

  function tell(well) {
    failures = well ? 0 : failures + 1;
    if (failed) { failed.hidden = well; }
  }

  function ask() {
    if (asking || document.hidden) { return; }
    asking = true;
    var headers = { "X-Poll": "1" };
    if (mark) { headers["If-None-Match"] = mark; }
    window.fetch(url, { headers: headers, credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (answer.redirected || answer.status === 403 || answer.status === 404) {
        window.location.reload();
        return null;
      }
      if (answer.status === 304) { tell(true); return null; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text().then(function (text) {
        tell(true);
        if (show(text)) { mark = answer.headers.get("ETag") || ""; }
      });
    }).catch(function () { tell(false); }).then(function () {
      asking = false;
      plan();
    });
  }

  function plan() {
    window.clearTimeout(timer);
    if (!document.hidden) {
      timer = window.setTimeout(ask, Math.min(seconds * Math.pow(2, failures), 120) * 1000);
    }
  }

  document.addEventListener("visibilitychange", function () {
    window.clearTimeout(timer);
    if (!document.hidden) { ask(); }
  });
  window.setInterval(function () { if (!document.hidden) { tick(); } }, 15000);
  plan();
})();
