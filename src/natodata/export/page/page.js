"use strict";
(() => {
  // --- the data ------------------------------------------------------------------------------
  const data = JSON.parse(document.getElementById("_data").textContent);
  const land = JSON.parse(document.getElementById("_land").textContent);
  const { notes, collections, rules } = data;
  const records = data.records.map(([id, c, label, spells, countries, topics, facts], number) =>
    ({ id, c, label, spells, countries, topics, facts, number }));
  const byId = new Map(records.map((record) => [record.id, record]));
  const at = (name) => collections.indexOf(name);
  const SINGULAR = {
    operations: "operation", programmes: "programme", meetings: "meeting", decisions: "decision",
    events: "event", documents: "document", organisations: "organisation", people: "person",
    posts: "post", tenures: "tenure", memberships: "membership", contributions: "contribution",
    strength_reports: "strength sheet", assessments: "assessment", countries: "country",
    places: "place", topics: "topic", sources: "source",
  };
  const WORDS = {
    cow_codes: "Correlates of War numbers", gw_codes: "Gleditsch and Ward numbers", iso_alpha2: "ISO alpha-2",
    iso_alpha3: "ISO alpha-3", iso_numeric: "ISO numeric", strength_reports: "strength sheets",
  };
  const spaced = (name) =>
    WORDS[name] ?? String(name).replace(/[_-]/g, " ").replace(/\b(un|eu)\b/g, (word) => word.toUpperCase());
  const titled = (name) => spaced(name)[0].toUpperCase() + spaced(name).slice(1);
  const fact = (record, name) => record.facts.find((each) => each[0] === name);
  const value = (record, name) => fact(record, name)?.[1];
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const SEARCHED = ["names", "aliases", "labels", "summary", "position", "aims", "symbol", "definition", "outcome", "kind"];
  for (const record of records) {
    const texts = [record.id, record.label, value(record, "name") ?? ""];
    for (const name of SEARCHED) {
      for (const each of [value(record, name) ?? []].flat()) {
        texts.push(typeof each === "object" ? each.text ?? each.value ?? "" : each);
      }
    }
    record.key = ` ${plain(record.label)} `;
    record.text = ` ${plain(texts.join(" "))} `;
    record.aliases = (value(record, "aliases") ?? []).map(plain);
    record.begins = Math.min(...record.spells.map((spell) => spell[0] ?? spell[1] ?? 9999), 9999);
  }
  const inOrder = [...records].sort((one, other) =>
    one.c - other.c || one.begins - other.begins || one.label.localeCompare(other.label, "en"));

  // --- small tools ---------------------------------------------------------------------------
  const $ = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const put = (node, attributes, children) => {
    for (const [name, each] of Object.entries(attributes ?? {})) {
      if (each !== null && each !== undefined && each !== false) node.setAttribute(name, each);
    }
    node.append(...children.flat(9).filter((each) => each !== null && each !== undefined && each !== ""));
    return node;
  };
  const h = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => put(document.createElementNS(SVG, tag), attributes, children);
  const narrow = window.matchMedia("(max-width: 700px)");
  const number = (n) => n.toLocaleString("en");
  const plural = (n, word) => `${number(n)} ${word}${n === 1 ? "" : "s"}`;
  const spell = (text) => {
    const [from, to] = String(text).split("/");
    if (to === undefined) return from;
    const end = { "..": "open", "": "unknown" };
    return `${end[from] ?? from} to ${end[to] ?? to}`;
  };
  const link = (record, text) => h("a", { href: `#${record.id}` }, text ?? record.label);
  const isWeb = (address) => /^https?:\/\//i.test(address);
  const outside = (address, text) => (isWeb(address)
    ? h("a", { href: address, rel: "noopener noreferrer external" }, text ?? address) : address);

  // --- what is asked for ---------------------------------------------------------------------
  const VIEWS = ["list", "timeline", "map"];
  const ASKED = { q: "_words", in: "_collection", country: "_country", topic: "_topic", from: "_from", to: "_to" };
  const state = { view: "list", id: null, shown: 100 };
  let last = "#/list";
  const trail = [];

  const asked = () => Object.fromEntries(Object.entries(ASKED)
    .map(([name, id]) => [name, $(id).value.trim()]).filter(([, given]) => given));
  const year = (text) => (/^\d{4}$/.test(text ?? "") ? Number(text) : null);

  function route() {
    const hash = location.hash.slice(1);
    const [path, query] = hash.split("?");
    if (hash === "" || hash.startsWith("/")) {
      const view = path.slice(1);
      state.view = VIEWS.includes(view) ? view : "list";
      state.id = null;
      const given = new URLSearchParams(query ?? "");
      for (const [name, id] of Object.entries(ASKED)) $(id).value = given.get(name) ?? "";
      last = location.hash || "#/list";
    } else {
      state.view = "list";
      try { state.id = decodeURIComponent(hash); } catch { state.id = hash; }
    }
  }

  function hashOf(view) {
    const query = new URLSearchParams(asked()).toString();
    return `#/${view}${query ? `?${query}` : ""}`;
  }

  // --- finding -------------------------------------------------------------------------------
  function meets(record, from, to) {
    if (from === null && to === null) return true;
    return record.spells.some((spell) =>
      (to === null || (spell[0] ?? -1) < to + 1) && (from === null || (spell[3] ?? 9999) >= from));
  }

  function score(record, words, whole) {
    if (!words.every((word) => record.text.includes(word))) return -1;
    if (plain(record.id) === whole || record.key.trim() === whole || record.aliases.includes(whole)) return 5;
    if (record.key.startsWith(` ${whole}`)) return 4;
    if (words.every((word) => record.key.includes(` ${word}`))) return 3;
    return words.every((word) => record.text.includes(` ${word}`)) ? 2 : 1;
  }

  function found() {
    const given = asked();
    const whole = plain(given.q ?? "");
    const words = whole ? whole.split(" ") : [];
    const c = given.in ? at(given.in) : -1;
    const country = given.country ? byId.get(given.country)?.number : undefined;
    const topic = given.topic ? byId.get(given.topic)?.number : undefined;
    const from = year(given.from);
    const to = year(given.to);
    const rows = [];
    for (const record of inOrder) {
      if (c >= 0 && record.c !== c) continue;
      if (country !== undefined && !record.countries.includes(country)) continue;
      if (topic !== undefined && !record.topics.includes(topic)) continue;
      if (!meets(record, from, to)) continue;
      const points = words.length ? score(record, words, whole) : 0;
      if (points >= 0) rows.push([points, record]);
    }
    if (words.length) rows.sort((one, other) => other[0] - one[0]);
    return rows.map(([, record]) => record);
  }

  // --- the list ------------------------------------------------------------------------------
  function when(record) {
    if (!record.spells.length) return "";
    const first = record.spells[0];
    const end = record.spells[record.spells.length - 1];
    const date = value(record, "date");
    if (date) return spell(date);
    const begin = first[0] === null ? "?" : Math.floor(first[0]);
    if (end[3] === null) return begin === "?" ? "" : `from ${begin}`;
    const over = Math.floor(end[3]);
    return begin === over ? `${begin}` : `${begin} to ${over}`;
  }

  function item(record) {
    const kind = value(record, "kind") ?? value(record, "source_class");
    const small = [SINGULAR[collections[record.c]], kind && spaced(kind), when(record)].filter(Boolean);
    return h("li", {}, h("a", {
      class: "item", href: `#${record.id}`, tabindex: "-1", "data-id": record.id,
      "aria-current": record.id === state.id ? "true" : null,
    }, h("b", { class: record.label.length > 60 ? "long" : null }, record.label), h("small", {}, small.join(" · "))));
  }

  function showList(rows) {
    const list = h("ul", {}, rows.slice(0, state.shown).map(item));
    const first = list.querySelector("[aria-current]") ?? list.querySelector(".item");
    first?.setAttribute("tabindex", "0");
    const box = $("_results");
    const top = box.scrollTop;
    box.replaceChildren(rows.length ? list : h("p", { class: "empty" }, "Nothing matches. Fewer words or a wider time may help."));
    if (rows.length > state.shown) {
      const more = h("button", { type: "button" }, `Show more of ${number(rows.length)}`);
      more.addEventListener("click", () => {
        const next = state.shown;
        state.shown += 200;
        showList(rows);
        focusItem(box.querySelectorAll(".item")[next]);
      });
      box.append(h("div", { class: "more" }, more));
    }
    box.scrollTop = top;
  }

  function focusItem(target) {
    if (!target) return false;
    $("_results").querySelector('.item[tabindex="0"]')?.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    target.focus();
    return true;
  }

  // --- values --------------------------------------------------------------------------------
  const isRef = (given) => given !== null && typeof given === "object" && "r" in given;

  function show(given, name) {
    if (given === true) return "yes";
    if (given === false) return "no";
    if (typeof given === "number") return name === "latitude" || name === "longitude" ? String(given) : number(given);
    if (Array.isArray(given)) return given.map((each, place) => [place ? (isRef(each) ? ", " : "; ") : "", show(each, name)]);
    if (isRef(given)) return link(records[given.r]);
    if (given !== null && typeof given === "object") return piece(name, given);
    if (CODES.has(name)) return spaced(given);
    if (DATES.has(name)) return spell(given);
    return isWeb(given) ? outside(given) : String(given);
  }
  const CODES = new Set(["kind", "verb", "measure", "bound", "rank", "modality", "area", "precision", "capacity",
    "source_class", "extent", "admitted_by"]);

  const DATES = new Set(["start", "end", "date", "period", "as_of", "updated", "retrieved"]);

  const BOUNDS = { about: "about ", "at-least": "at least ", "at-most": "at most " };
  const held = (name) => ["names", "leads", "commands", "postures", "seats", "owners", "cow_codes", "gw_codes"].includes(name);
  function piece(name, given) {
    if (name === "milestones") {
      return [spaced(given.kind), given.at ? [" at ", show(given.at)] : ""];
    }
    if (name === "figures") {
      const upper = given.upper === undefined ? "" : ` to ${number(given.upper)}`;
      return `${BOUNDS[given.bound] ?? ""}${number(given.value)}${upper} ${spaced(given.measure)}`;
    }
    if (name === "rows") {
      const many = given.personnel === undefined ? "no number" : `${BOUNDS[given.bound] ?? ""}${number(given.personnel)}`;
      return given.named ? `${many}, listed as ${given.named}` : many;
    }
    if (name === "labels") return `${given.text} (${given.language})`;
    if ("value" in given) return name === "cow_codes" || name === "gw_codes" ? String(given.value) : show(given.value);
    const parts = Object.entries(given).filter(([each]) => !["citations", "note", "rank", "kind", "modality"].includes(each));
    return parts.map(([each, part], place) => [place ? (each === "text" || place > 1 ? ": " : " · ") : "", show(part, each)]);
  }
  const dateOf = (name, given) => ({ milestones: given.date, figures: given.as_of })[name] ?? given.period ?? "";
  const headOf = (name, given) => (name === "rows" ? show(given.country)
    : spell(dateOf(name, given)) || spaced(given.kind ?? given.modality ?? ""));

  // --- the evidence --------------------------------------------------------------------------
  function cited(place) {
    const [source, where] = data.citations[place];
    const record = records[source];
    const get = (name) => value(record, name);
    const detail = [where, spaced(get("source_class") ?? ""), get("publisher"), get("date") && spell(get("date"))].filter(Boolean);
    const address = get("address");
    const copy = get("archived_address");
    return h("li", {}, link(record), h("span", { class: "quiet" }, ` · ${detail.join(" · ")}`),
      address && isWeb(address) ? [" · ", outside(address, "open page")] : "",
      copy && isWeb(copy) ? [" · ", outside(copy, "archived copy")] : "");
  }

  const evidence = (places) => (places?.length
    ? [h("h4", {}, "Evidence"), h("ul", {}, [...new Set(places)].map(cited))] : []);

  function rivals(given, name) {
    if (!given?.length) return [];
    return [h("h4", {}, "Also stated"), h("ul", {}, given.map((each) => h("li", {},
      h("b", {}, name === "start" || name === "end" ? spell(each.value) : show(each.value, name)),
      each.kind ? ` (${spaced(each.kind)})` : "",
      each.rank ? [" ", h("span", { class: "rank" }, each.rank)] : "",
      each.rule === undefined ? "" : h("span", { class: "quiet" }, ` ${rules[each.rule]}.`),
      each.note ? h("p", {}, each.note) : "",
      each.citations?.length ? h("ul", {}, each.citations.map(cited)) : "")))];
  }

  function row(name, shown, proof, tag, rival) {
    const cells = [h("span", { class: "name" }, name), h("span", { class: "value" }, shown),
      h("span", { class: "tag" }, tag, rival ? [" ", h("span", { class: "tag rival" }, rival)] : "")];
    const kept = proof.flat(9).filter(Boolean);
    return kept.length
      ? h("details", { class: "fact" }, h("summary", {}, cells), h("div", { class: "proof" }, kept))
      : h("div", { class: "fact plain" }, cells);
  }

  function sources(places) {
    const many = new Set((places ?? []).map((place) => data.citations[place][0])).size;
    return many ? plural(many, "source") : "";
  }

  function factRow([name, given, places, others, rule]) {
    const proof = [rule === undefined ? [] : h("p", { class: "quiet" }, `${rules[rule]}.`), evidence(places), rivals(others, name)];
    const many = others?.length;
    return row(spaced(name), given === null ? "left empty: sources differ" : show(given, name), proof, sources(places), many ? plural(many, "other claim") : "");
  }

  function pieceRow(name, given) {
    const proof = [given.note ? h("p", {}, given.note) : [], evidence(given.citations)];
    const rank = given.rank ? [" ", h("span", { class: "rank" }, given.rank)] : "";
    const now = given.now && held(name) ? [" ", h("span", { class: "quiet" }, "(latest)")] : "";
    return row(headOf(name, given), [piece(name, given), rank, now], proof, sources(given.citations));
  }

  const isPieces = (given) => Array.isArray(given) && given.length > 0 && typeof given[0] === "object" && !isRef(given[0]);
  const earliest = (name, given) => dateOf(name, given).replace(/^[^0-9]*/, "") || "9999";

  function section(record, [name, given, places, others]) {
    const order = name === "rows" || name === "labels" || name === "tasks" || name === "provisions" ? given
      : [...given].sort((one, other) => (earliest(name, one) < earliest(name, other) ? -1 : 1));
    const rows = order.map((each) => pieceRow(name, each));
    if (places?.length || others?.length) {
      rows.push(row("all of these", "", [evidence(places), rivals(others, name)], sources(places), others?.length ? plural(others.length, "other claim") : ""));
    }
    return [h("h3", {}, titled(name)), h("div", { class: "facts dated" }, rows)];
  }

  // --- who points at a record ----------------------------------------------------------------
  let pointing = null;
  function referring(record) {
    if (!pointing) {
      pointing = records.map(() => new Set());
      const walk = (given, from, name) => {
        if (Array.isArray(given)) {
          if (name === "citations") for (const place of given) pointing[data.citations[place][0]].add(from);
          else for (const each of given) walk(each, from, name);
        } else if (isRef(given)) pointing[given.r].add(from);
        else if (given !== null && typeof given === "object") for (const [key, each] of Object.entries(given)) walk(each, from, key);
      };
      for (const each of records) {
        for (const [, given, places, others] of each.facts) {
          walk(given, each.number, "");
          walk(places ?? [], each.number, "citations");
          walk(others ?? [], each.number, "");
        }
      }
    }
    const groups = new Map();
    for (const each of inOrder) {
      if (each.number !== record.number && pointing[record.number].has(each.number)) {
        if (!groups.has(each.c)) groups.set(each.c, []);
        groups.get(each.c).push(each);
      }
    }
    return groups;
  }

  function referrers(record) {
    const nodes = [];
    for (const [c, rows] of referring(record)) {
      nodes.push(h("details", { class: "fact", open: rows.length <= 12 ? "" : null },
        h("summary", {}, h("span", { class: "name" }, spaced(collections[c])), h("span", { class: "value" }, number(rows.length))),
        h("div", { class: "proof" }, h("ul", { class: "refs" }, rows.map((each) =>
          h("li", {}, link(each), when(each) ? h("span", { class: "quiet" }, ` · ${when(each)}`) : ""))))));
    }
    return nodes.length ? [h("h3", {}, "What refers to it"), h("div", { class: "facts" }, nodes)] : [];
  }

  // --- a record ------------------------------------------------------------------------------
  const LATE = ["note", "topics"];
  function showRecord(id) {
    const box = $("_record");
    const record = byId.get(id);
    if (!record) {
      box.replaceChildren(h("h2", { tabindex: "-1" }, "No such record"), h("p", {}, `Nothing here is called “${id}”.`),
        h("p", {}, h("a", { href: last }, "Back to the list")));
      return;
    }
    const kind = value(record, "kind");
    const own = record.facts.filter(([name]) => !LATE.includes(name) && name !== "title");
    const late = record.facts.filter(([name]) => LATE.includes(name));
    const facts = [...own.filter(([, given]) => !isPieces(given)), ...late];
    box.replaceChildren(
      h("p", { class: "kicker" }, h("span", {}, [SINGULAR[collections[record.c]], kind && spaced(kind)].filter(Boolean).join(" · ")),
        h("span", {}, h("code", {}, record.id), " · ", h("a", { href: last, id: "_back" }, `back to the ${/^#\/(timeline|map)/.exec(last)?.[1] ?? "list"}`))),
      h("h2", { tabindex: "-1" }, record.label),
      h("p", { class: "lead" }, when(record)),
      h("div", { class: "facts" }, facts.map(factRow)),
      ...own.filter(([, given]) => isPieces(given)).flatMap((each) => section(record, each)),
      ...referrers(record));
  }

  function showWelcome() {
    const counts = collections.map((name, c) => [name, records.filter((record) => record.c === c).length]).filter(([, many]) => many);
    $("_record").replaceChildren(
      h("p", { class: "kicker" }, [notes.version && `version ${notes.version}`, notes.current_to && `kept up to ${notes.current_to}`,
        notes.as_of && `as of ${notes.as_of}`].filter(Boolean).join(" · ")),
      h("h2", { tabindex: "-1" }, data.title),
      h("p", { class: "lead" }, "Choose a record. Each fact unfolds to its evidence: the source, the place in it, what sort of source it is, and what others say."),
      h("ul", { class: "refs" }, counts.map(([name, many]) => h("li", {}, h("a", { href: `#/list?in=${name}` }, spaced(name)), ` ${number(many)}`))),
      h("p", { class: "quiet" }, h("kbd", {}, "/"), " search · ", h("kbd", {}, "↑"), " ", h("kbd", {}, "↓"), " move in the list · ",
        h("kbd", {}, "Enter"), " open · ", h("kbd", {}, "Esc"), " back"));
  }

  // --- the timeline --------------------------------------------------------------------------
  const MOST = 400;
  function showTimeline(rows) {
    const box = $("_picture");
    const c = asked().in ? at(asked().in) : at("operations");
    const drawn = rows.filter((record) => record.c === c && record.spells.some((spell) => spell[0] !== null || spell[3] !== null))
      .sort((one, other) => one.begins - other.begins);
    const kept = drawn.slice(0, MOST);
    if (!kept.length) {
      box.replaceChildren(h("p", { class: "empty" }, `No ${spaced(collections[c])} with dates match.`));
      return;
    }
    const years = kept.flatMap((record) => record.spells.flat()).filter((each) => each !== null);
    const stated = Number.parseFloat((notes.current_to ?? "").slice(0, 4)) + 1;
    const first = year(asked().from) ?? Math.floor(Math.min(...years));
    const latest = Math.ceil(Math.max(...years.map((each) => each + 0.1), Number.isNaN(stated) ? 0 : stated));
    const end = Math.max(first + 1, year(asked().to) === null ? latest : year(asked().to) + 1);
    const small = narrow.matches;
    const width = Math.max(280, box.clientWidth - 34);
    const left = small ? 6 : Math.min(330, width * 0.34);
    const step = small ? 38 : 24;
    const within = (each) => Math.min(Math.max(each, first), end);
    const x = (each) => left + ((each - first) / (end - first)) * (width - left - 12);
    const every = [1, 2, 5, 10, 20, 50, 100].find((each) => (end - first) / each <= (width - left) / 52) ?? 100;
    const ticks = [];
    for (let each = Math.ceil(first / every) * every; each <= end; each += every) ticks.push(each);
    const axis = s("svg", { viewBox: `0 0 ${width} 22`, height: 22, "aria-hidden": "true" },
      ticks.map((each) => s("text", { x: x(each), y: 15, "text-anchor": "middle", class: "tick" }, String(each))));
    const fit = (text, room) => (text.length * 6.9 > room ? `${text.slice(0, Math.max(3, Math.floor(room / 6.9) - 1))}…` : text);
    const bars = kept.map((record, place) => {
      const y = place * step;
      const shapes = [s("rect", { x: 0, y, width, height: step, class: place % 2 ? "band" : "none", fill: place % 2 ? null : "none" })];
      for (const [a, b, d, e] of record.spells) {
        const [from, to] = [within(a ?? first), within(e ?? end)];
        const top = y + (small ? 21 : 6);
        const box4 = (one, other, name) => s("rect", {
          x: x(one).toFixed(1), y: top, width: Math.max(3, x(other) - x(one)).toFixed(1), height: 12, rx: 2, class: name,
        });
        shapes.push(box4(from, to, "perhaps"));
        if (b !== null && d !== null && d >= b && d >= first && b <= end) shapes.push(box4(within(b), within(d), "sure"));
      }
      const room = small ? width - 12 : left - 14;
      const text = s("text", small ? { x: 6, y: y + 15 } : { x: left - 10, y: y + 16, "text-anchor": "end" }, fit(record.label, room));
      return s("a", { href: `#${record.id}`, "aria-label": `${record.label}, ${when(record)}` }, shapes, text,
        s("title", {}, `${record.label} · ${when(record)}`));
    });
    const height = kept.length * step;
    box.replaceChildren(
      h("p", { class: "key" }, h("span", {}, "for certain"), h("span", { class: "k2" }, "perhaps: the sources leave the day, or the end, open"),
        `${plural(kept.length, SINGULAR[collections[c]])}${drawn.length > MOST ? ` of ${number(drawn.length)}` : ""}`),
      h("div", { class: "axis" }, axis),
      s("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "group", "aria-label": "Timeline" },
        bars, s("g", { "pointer-events": "none", opacity: 0.7 }, ticks.map((each) => s("line", { x1: x(each), x2: x(each), y1: 0, y2: height, class: "grid" })))));
  }

  // --- the map -------------------------------------------------------------------------------
  const SQUEEZE = Math.cos((42 * Math.PI) / 180);
  const east = (longitude) => longitude * SQUEEZE * 10;
  const south = (latitude) => -latitude * 10;
  const chart = { box: null, spot: null };
  let coast = null;
  function outline() {
    coast ??= land.map((area) => area.map((ring) => {
      let [longitude, latitude] = ring;
      const steps = [`M${(east(longitude / 100)).toFixed(1)} ${(south(latitude / 100)).toFixed(1)}`];
      for (let i = 2; i < ring.length; i += 2) {
        longitude += ring[i];
        latitude += ring[i + 1];
        steps.push(`L${(east(longitude / 100)).toFixed(1)} ${(south(latitude / 100)).toFixed(1)}`);
      }
      return `${steps.join("")}Z`;
    }).join("")).join("");
    return s("path", { d: coast, class: "land", "fill-rule": "evenodd" });
  }

  function spots(rows) {
    const at_place = new Map();
    const add = (given, record, role) => {
      for (const each of [given ?? []].flat()) {
        const place = isRef(each) ? records[each.r] : isRef(each.value) ? records[each.value.r] : null;
        const latitude = place && value(place, "latitude");
        const longitude = place && value(place, "longitude");
        if (typeof latitude !== "number" || typeof longitude !== "number") continue;
        if (!at_place.has(place.number)) at_place.set(place.number, { place, latitude, longitude, held: new Map(), op: false });
        const spot = at_place.get(place.number);
        spot.held.set(record.number, role);
        spot.op ||= record.c === at("operations");
      }
    };
    for (const record of rows) {
      if (record.c === at("operations")) {
        add(value(record, "areas"), record, "area");
        add(value(record, "places"), record, "place");
      } else if (record.c === at("organisations")) add(value(record, "seats"), record, "seat");
      else if (asked().in && (record.c === at("meetings") || record.c === at("events"))) add(value(record, "place"), record, "place");
    }
    return [...at_place.values()].sort((one, other) => other.held.size - one.held.size);
  }

  function showMap(rows) {
    const box = $("_picture");
    const dots = spots(rows);
    // Of many places, a few far away must not make the rest too small to tell apart.
    const edge = (pick, side) => {
      const sorted = dots.map(pick).sort((one, other) => one - other);
      const cut = sorted.length > 30 ? Math.floor(sorted.length * 0.03) : 0;
      return side(...sorted.slice(cut, sorted.length - cut));
    };
    const ratio = narrow.matches ? 1.1 : 0.56;
    const home = { x: east(-30), y: south(66), w: east(110) };
    if (dots.length) {
      const [w, e] = [edge((d) => east(d.longitude), Math.min), edge((d) => east(d.longitude), Math.max)];
      const [n, f] = [edge((d) => south(d.latitude), Math.min), edge((d) => south(d.latitude), Math.max)];
      home.w = Math.min(Math.max((e - w) * 1.16, ((f - n) * 1.16) / ratio, 160), east(360));
      home.x = (w + e) / 2 - home.w / 2;
      home.y = (n + f) / 2 - (home.w * ratio) / 2;
    }
    chart.box ??= home;
    const shapes = dots.map((dot) => {
      const names = [...dot.held.keys()].map((each) => records[each].label);
      const circle = s("circle", {
        cx: east(dot.longitude), cy: south(dot.latitude), class: dot.op ? "dot op" : "dot", tabindex: "0", role: "button",
        "data-n": dot.held.size, "data-place": dot.place.id, "aria-label": `${dot.place.label}: ${names.join(", ")}`,
      }, s("title", {}, `${dot.place.label}: ${names.slice(0, 6).join(", ")}${names.length > 6 ? " …" : ""}`));
      circle.addEventListener("click", () => choose(dot));
      return circle;
    });
    const net = [];
    for (let each = -180; each <= 180; each += 15) net.push(s("path", { class: "net", d: `M${east(each)} ${south(90)}V${south(-90)}` }));
    for (let each = -90; each <= 90; each += 15) net.push(s("path", { class: "net", d: `M${east(-180)} ${south(each)}H${east(180)}` }));
    const svg = s("svg", { role: "group", "aria-label": "Map" }, net, outline(), shapes);
    const fit = () => {
      const { x, y, w } = chart.box;
      svg.setAttribute("viewBox", `${x} ${y} ${w} ${w * ratio}`);
      const unit = w / (box.clientWidth || 900);
      for (const each of shapes) each.setAttribute("r", ((4 + Math.min(7, 2 * Math.sqrt(each.dataset.n))) * unit).toFixed(2));
    };
    const zoom = (by, px = 0.5, py = 0.5) => {
      const { x, y, w } = chart.box;
      const wide = Math.min(Math.max(w * by, 12), east(400));
      chart.box = { x: x + (w - wide) * px, y: y + (w - wide) * ratio * py, w: wide };
      fit();
    };
    const shift = (dx, dy) => { chart.box = { ...chart.box, x: chart.box.x + dx * chart.box.w, y: chart.box.y + dy * chart.box.w }; fit(); };
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const area = svg.getBoundingClientRect();
      zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - area.x) / area.width, (event.clientY - area.y) / area.height);
    }, { passive: false });
    let held_at = null;
    svg.addEventListener("pointerdown", (event) => { if (!event.target.classList.contains("dot")) { held_at = [event.clientX, event.clientY]; svg.setPointerCapture(event.pointerId); } });
    svg.addEventListener("pointermove", (event) => {
      if (!held_at) return;
      const wide = svg.getBoundingClientRect().width;
      shift((held_at[0] - event.clientX) / wide, (held_at[1] - event.clientY) / wide);
      held_at = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held_at = null; });
    svg.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
      if (moves[event.key]) shift(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") zoom(0.7);
      else if (event.key === "-") zoom(1 / 0.7);
      else if (event.key === "Enter" || event.key === " ") event.target.dispatchEvent(new MouseEvent("click"));
      else return;
      event.preventDefault();
    });
    const button = (text, name, act) => {
      const made = h("button", { type: "button", "aria-label": name, title: name }, text);
      made.addEventListener("click", act);
      return made;
    };
    const panel = h("div", { class: "spot", role: "status" });
    function choose(dot) {
      chart.spot = dot.place.id;
      for (const each of shapes) each.setAttribute("aria-pressed", String(each.dataset.place === dot.place.id));
      const ROLES = { area: "works in this area", place: "works here", seat: "sits here" };
      panel.replaceChildren(h("h3", {}, link(dot.place)), h("ul", {}, [...dot.held].map(([each, role]) =>
        h("li", {}, link(records[each]), h("span", { class: "quiet" },
          ` · ${SINGULAR[collections[records[each].c]]}${ROLES[role] ? `, ${ROLES[role]}` : ""}${when(records[each]) ? ` · ${when(records[each])}` : ""}`)))));
    }
    box.replaceChildren(
      h("p", { class: "key" }, h("span", { class: "k3" }, "operations"), h("span", { class: "k4" }, "bodies"),
        `${plural(dots.length, "place")} with coordinates. Drag, or use the buttons, the arrow keys, + and −.`),
      h("div", { class: "map" }, svg, h("div", { class: "zoom" }, button("+", "Zoom in", () => zoom(0.6)),
        button("−", "Zoom out", () => zoom(1 / 0.6)), button("⌂", "As at first", () => { chart.box = home; fit(); }))),
      panel);
    fit();
    const chosen = dots.find((dot) => dot.place.id === chart.spot);
    if (chosen) choose(chosen);
  }

  // --- putting it on the screen ----------------------------------------------------------------
  function render() {
    const rows = found();
    const picture = state.view !== "list" && state.id === null;
    const main = $("_main");
    main.className = picture ? "" : state.id === null ? "split" : "split one";
    $("_results").hidden = picture;
    $("_record").hidden = picture;
    $("_picture").hidden = !picture;
    for (const each of document.querySelectorAll("[data-view]")) {
      each.href = hashOf(each.dataset.view);
      if (each.dataset.view === state.view) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    }
    const many = Object.keys(asked()).length
      ? `${plural(rows.length, "record")} of ${number(records.length)}` : plural(records.length, "record");
    $("_count").textContent = notes.as_of ? `${many}, as of ${notes.as_of}` : many;
    const record = byId.get(state.id);
    document.title = record ? `${record.label} · ${data.title}` : data.title;
    if (picture) (state.view === "map" ? showMap : showTimeline)(rows);
    else {
      showList(rows);
      if (state.id === null) showWelcome();
      else showRecord(state.id);
    }
  }

  function changed() {
    state.shown = 100;
    chart.box = null;
    if (state.id === null || narrow.matches) {
      state.id = null;
      const hash = hashOf(state.view);
      history.replaceState(null, "", hash);
      last = hash;
      trail[trail.length - 1] = hash;
    } else last = hashOf("list");
    $("_results").scrollTop = 0;
    render();
  }

  window.addEventListener("hashchange", () => {
    if (location.hash === "#_main") { $("_main").focus(); return; }
    if (trail[trail.length - 2] === location.hash) trail.pop();
    else trail.push(location.hash);
    const before = state.id;
    route();
    render();
    if (state.id !== null) {
      $("_record").querySelector("h2").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    } else if (before !== null && state.view === "list") {
      focusItem($("_results").querySelector(`[data-id="${CSS.escape(before)}"]`));
    }
  });

  function back() {
    if (trail.length > 1) history.back();
    else location.hash = last;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    const item_at = event.target.closest?.(".item");
    if (event.key === "/" && !typing) {
      $("_words").focus();
      $("_words").select();
    } else if (event.key === "Escape") {
      if (typing && $("_words").value) { $("_words").value = ""; changed(); }
      else if (state.id !== null) back();
      else return;
    } else if (item_at && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      const items = [...$("_results").querySelectorAll(".item")];
      const here = items.indexOf(item_at);
      const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
      if (next < 0) $("_words").focus();
      else focusItem(items[next]);
    } else if (event.target === $("_words") && event.key === "ArrowDown") {
      if (!focusItem($("_results").querySelector(".item"))) return;
    } else return;
    event.preventDefault();
  });

  $("_more").addEventListener("click", () => {
    const open = $("_filter").classList.toggle("open");
    $("_more").setAttribute("aria-expanded", String(open));
  });
  // Lists of options tell of a choice by "change" in every browser, fields of each key by "input".
  for (const kind of ["input", "change"]) {
    $("_filter").addEventListener(kind, (event) => {
      if ((event.target.tagName === "SELECT") === (kind === "change")) changed();
    });
  }
  $("_filter").addEventListener("reset", () => setTimeout(changed));
  $("_filter").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = $("_results").querySelector(".item");
    if (first && $("_words").value && !$("_results").hidden) location.hash = `#${first.dataset.id}`;
  });
  let waiting = 0;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (width === window.innerWidth) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!$("_picture").hidden) render(); }, 120);
  });

  function options(id, rows) {
    $(id).append(...rows.map(([name, text]) => h("option", { value: name }, text)));
  }
  options("_collection", collections.map((name, c) => [name, c]).filter(([, c]) => records.some((record) => record.c === c))
    .map(([name]) => [name, titled(name)]));
  const used = new Set(records.flatMap((record) => record.countries.filter((each) => each !== record.number)));
  const usedTopics = new Set(records.flatMap((record) => record.topics));
  const byLabel = (one, other) => one.label.localeCompare(other.label, "en");
  options("_country", records.filter((record) => used.has(record.number)).sort(byLabel).map((record) => [record.id, record.label]));
  options("_topic", records.filter((record) => usedTopics.has(record.number)).sort(byLabel).map((record) => [record.id, record.label]));
  $("_about").append(h("p", {}, [data.title, notes.version && `version ${notes.version}`,
    notes.current_to && `kept up to ${notes.current_to}`].filter(Boolean).join(", "),
  `. Data: ${notes.licence}. Written by natodata, which is not affiliated with NATO. Coastlines: Natural Earth, public domain.`));

  trail.push(location.hash);
  route();
  render();
})();
