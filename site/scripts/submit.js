/* The page 报送: checks what is typed, writes the item's file, and opens the forge's form or hands the file over. Limits, patterns and words are
   data of the page, made from the checks themselves (check/portable.py); tests run both over the same texts. Nothing is sent from here. */
(function () {
  "use strict";
  const form = document.getElementById("zb-submit");
  const holder = document.getElementById("zb-submit-data");
  if (!form || !holder) { return; }
  const data = JSON.parse(holder.textContent);
  const KEYS = ["unit", "officer", "kind", "happened", "call", "title", "body", "cleared"];
  const KEPT = ["unit", "officer"];
  const STORE = "zb-submit:" + location.pathname;
  const $ = function (id) { return document.getElementById("zb-" + id); };

  /* Texts and patterns. An expression that this browser does not know is a check left to the repository. */
  const compiled = {};
  function pattern(name, pair) {
    const key = name + pair[0];
    if (!(key in compiled)) {
      try { compiled[key] = new RegExp(pair[0], pair[1]); } catch (error) { compiled[key] = null; }
    }
    return compiled[key];
  }
  function all(name, text, pair) {
    const known = pattern(name, pair || data.patterns[name]);
    return known ? Array.from(text.matchAll(known)) : [];
  }
  function whole(name, text) { return all(name, text).some(function (match) { return match[0] === text; }); }
  function characters(text) { return Array.from(text); }
  function bare(text) { return characters(text.replace(pattern("space", data.patterns.space), "")).length; }
  function length(body) { return bare(body.replace(pattern("marks", data.patterns.marks), "")); }
  function short(text) {
    const letters = characters(text);
    return letters.length <= data.shown ? text : letters.slice(0, data.shown - 1).join("") + "…";
  }
  function filled(template, gaps) {
    return template.replace(/\{(\w+)\}/g, function (gap, name) { return String(gaps[name]); });
  }
  function paragraphs(body) { return body.split("\n").filter(function (line) { return line.trim(); }); }

  /* Days, in the county's time. */
  function now() {
    const parts = {};
    new Intl.DateTimeFormat("en", {
      timeZone: data.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"
    }).formatToParts(new Date()).forEach(function (part) { parts[part.type] = part.value; });
    return { day: parts.year + "-" + parts.month + "-" + parts.day, clock: parts.hour + ":" + parts.minute };
  }
  function workingDays(first, last) {
    const step = new Date(first + "T00:00:00Z"), end = new Date(last + "T00:00:00Z");
    let count = 0;
    while (step < end && count < 3660) {
      step.setUTCDate(step.getUTCDate() + 1);
      const day = step.toISOString().slice(0, 10), weekday = step.getUTCDay();
      const off = data.holidays.some(function (span) { return span[0] <= day && day <= span[1]; });
      if (data.workdays.includes(day) || (weekday > 0 && weekday < 6 && !off)) { count += 1; }
    }
    return count;
  }

  /* Numbers of persons and cards. */
  function narrow(text) {
    if (!all("wideDigit", text).length) { return text; }
    return text.replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); }).replace(/\u3000/g, " ");
  }
  function numbers(text) {
    return all("digits", narrow(text)).map(function (match) {
      return { digits: match[0].replace(/[^0-9Xx]/g, "").toUpperCase(), after: text.slice(match.index + match[0].length) };
    });
  }
  function isResident(digits) {
    if (!whole("resident", digits)) { return false; }
    const sum = data.residentWeights.reduce(function (total, weight, place) { return total + weight * Number(digits[place]); }, 0);
    return data.residentCheck[sum % 11] === digits[17];
  }
  function isCard(digits) {
    if (!/^[3-6]\d{15,18}$/.test(digits) || new Set(digits).size === 1 || isResident(digits)) { return false; }
    const sum = Array.from(digits).reverse().reduce(function (total, digit, place) {
      const number = Number(digit) * (1 + place % 2);
      return total + (number > 9 ? number - 9 : number);
    }, 0);
    return sum % 10 === 0;
  }
  function masked(digits, head) { return digits.slice(0, head) + "*".repeat(digits.length - head - 2) + digits.slice(-2); }

  /* The checks, each by its code: `say` takes the field and the gaps of its words, the case where it has several, another severity. */
  const inBoth = function (name, gaps) {
    return function (item, say) {
      ["title", "body"].forEach(function (field) {
        all(name, item[field]).forEach(function (match) { say(field, gaps ? { found: match[0] } : {}); });
      });
    };
  };
  const inNumbers = function (wanted, head) {
    return function (item, say) {
      ["title", "body"].forEach(function (field) {
        numbers(item[field]).forEach(function (number) {
          const digits = wanted(number);
          if (digits) { say(field, { masked: masked(digits, head) }); }
        });
      });
    };
  };
  const CHECKS = {
    "officer-known": function (item, say) {
      const unit = data.units[item.unit];
      if (!unit || !item.officer) { return; }
      const known = officers(unit, item.day);
      if (!known.includes(item.officer)) { say("officer", { officer: item.officer, unit: unit.name, known: known.join("、") || "无" }); }
    },
    "not-future": function (item, say) {
      if (item.happened > item.day) { say("happened", { label: data.happened, day: item.happened, today: item.day }); }
    },
    "fresh": function (item, say) {
      const kind = data.kinds[item.kind];
      if (!kind || !item.happened || (kind.urgent && all("followUp", item.title).length)) { return; }
      const rules = data.timeliness.filter(function (one, place) { return !place || one.from <= item.day; }).pop();
      const limit = item.kind in rules.kinds ? rules.kinds[item.kind] : rules.days;
      const days = workingDays(item.happened, item.day);
      if (days > limit) { say("happened", { happened: item.happened, days: days, kind: item.kind, limit: limit }); }
    },
    "title-length": function (item, say) {
      const count = bare(item.title), low = data.title[0], high = data.title[1];
      if (!item.title) { return; }
      if (count > high) { say("title", { count: count, high: high }, "long"); }
      else if (count < low) { say("title", { count: count, low: low }, "short"); }
    },
    "title-formula": function (item, say) { all("formula", item.title).slice(0, 1).forEach(function (match) { say("title", { found: match[0] }); }); },
    "title-stop": function (item, say) {
      const last = characters(item.title).pop();
      if (last && data.stops.includes(last)) { say("title", { found: last }); }
    },
    "body-empty": function (item, say) { if (!length(item.body)) { say("body", {}); } },
    "body-length": function (item, say) {
      const kind = data.kinds[item.kind], count = length(item.body);
      if (!kind || !count) { return; }
      const low = kind.length[0], high = kind.length[1];
      const off = Math.max(count / high - 1, low ? 1 - count / low : 0);
      const gaps = { count: count, kind: item.kind, high: high, low: low, over: count - high, lack: low - count, elements: kind.elements.join("、") };
      if (count > high || count < low) { say("body", gaps, count > high ? "long" : "short", off < data.slightly ? data.advice : ""); }
    },
    "elements-missing": function (item, say) {
      const kind = data.kinds[item.kind], text = item.title + "\n" + item.body;
      if (!kind || !length(item.body)) { return; }
      const missing = kind.elements.filter(function (name) {
        const known = data.elements[name];
        return !(known[0] && all("element", text, known[0]).length) && !known[1].some(function (word) { return text.includes(word); });
      });
      if (missing.length) { say("body", { kind: item.kind, missing: missing.join("、"), elements: kind.elements.join("、") }); }
    },
    "one-matter": function (item, say) {
      all("otherMatter", item.body).forEach(function (match) { say("body", { found: match[0].trim() }, "body"); });
      if (item.title.includes(data.halves)) { say("title", {}, "title"); }
    },
    "opening-formula": function (item, say) {
      const head = characters(item.body).slice(0, data.firstWords).join("");
      all("opening", head).slice(0, 1).forEach(function (match) { say("body", { found: short(match[0]) }); });
    },
    "closing-flourish": function (item, say) {
      const last = paragraphs(item.body).filter(function (line) { return line.includes("。"); }).pop() || "";
      const end = last.trimEnd();
      const found = all("flourish", last).find(function (match) {
        return characters(end.slice(match.index + match[0].length)).length <= data.lastWords;
      });
      if (found) { say("body", { found: short(found[0]) }); }
    },
    "left-over": function (item, say) {
      const found = all("leftOver", item.body);
      found.slice(0, data.mostLeft).forEach(function (match, place) {
        const seen = match[0].replace(/[\u200b-\u206f]/g, function (c) { return "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"); });
        say("body", { found: short(seen), more: found.length > 1 && !place ? filled(data.more, { count: found.length }) : "" });
      });
    },
    "vague-figures": function (item, say) {
      all("sentence", item.body).forEach(function (sentence) {
        const found = all("vague", sentence[0])[0];
        if (found && !all("digit", sentence[0]).length) { say("body", { found: found[0] }); }
      });
    },
    "unpaired-marks": function (item, say) {
      paragraphs(item.body).forEach(function (line) {
        Object.keys(data.pairs).forEach(function (opening) {
          const extra = line.split(opening).length - line.split(data.pairs[opening]).length;
          if (extra) { say("body", { pair: opening + data.pairs[opening], mark: extra > 0 ? opening : data.pairs[opening] }); }
        });
      });
    },
    "secret-mark": inBoth("secret", false),
    "internal-words": inBoth("internal", true),
    "resident-number": inNumbers(function (number) { return isResident(number.digits) && number.digits; }, 3),
    "mobile-number": inNumbers(function (number) {
      const digits = number.digits.length === 13 && number.digits.startsWith("86") ? number.digits.slice(2) : number.digits;
      const amount = all("amount", number.after)[0];
      return whole("mobile", digits) && !(amount && amount.index === 0) && digits;
    }, 3),
    "bank-card": inNumbers(function (number) { return isCard(number.digits) && number.digits; }, 4),
    "home-address": inBoth("home", false),
    "protected-person": function (item, say) {
      Object.keys(data.protected).forEach(function (who) {
        ["title", "body"].forEach(function (field) {
          all("protected", item[field], data.protected[who]).forEach(function () { say(field, { who: who }); });
        });
      });
    },
    "unpublished": inBoth("unpublished", true),
    "paper-number": inBoth("paper", false)
  };
  const RANK = ["error", "warning", "advice"];

  function officers(unit, day) {
    return unit.officers.filter(function (one) { return one[1] <= day && (!one[2] || day <= one[2]); }).map(function (one) { return one[0]; });
  }
  function missing(item) { return Object.keys(data.required).filter(function (key) { return !item[key]; }); }
  function findings(item) {
    const found = [], seen = new Set();
    Object.keys(data.checks).forEach(function (code) {
      const own = data.checks[code];
      CHECKS[code](item, function (field, gaps, which, severity) {
        const words = own.says[which || ""].map(function (part) { return filled(part, gaps); });
        const one = { code: code, severity: severity || own.severity, field: field, text: words.filter(Boolean).join("；") };
        const key = JSON.stringify(one);
        if (!seen.has(key)) { seen.add(key); found.push(one); }
      });
    });
    return found.sort(function (one, other) { return RANK.indexOf(one.severity) - RANK.indexOf(other.severity); });
  }

  /* The item as its file will have it. */
  function value(key) { return form.elements[key] ? form.elements[key].value : ""; }
  function oneLine(text) { return text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, " ").split(/\s+/).filter(Boolean).join(" "); }
  function prose(text) {
    return text.replace(/[\u0000\ufeff]/g, "").replace(/\r\n?|[\u2028\u2029]/g, "\n").trim().split("\n")
      .map(function (line) { return line.replace(/^[ \t\u3000]+|[ \t\u3000]+$/g, ""); }).filter(Boolean).join("\n\n");
  }
  function read() {
    const time = now(), item = { day: time.day, clock: time.clock };
    KEYS.forEach(function (key) { item[key] = key === "body" ? prose(value(key)) : oneLine(value(key)); });
    return item;
  }
  function scalar(text, within) {
    const reserved = data.yaml.reserved.includes(text.toLowerCase());
    const odd = /^[\p{Nd}+.]/u.test(text) || (within && all("flow", text, data.yaml.flow).length);
    const plain = all("plain", text, data.yaml.plain).some(function (match) { return match[0] === text; });
    return plain && !reserved && !odd ? text : "\"" + text.replace(/\\/g, "\\\\").replace(/"/g, "\\\"") + "\"";
  }
  function written(item) {
    const lines = ["---", "title: " + scalar(item.title), "unit: " + item.unit, "officer: " + scalar(item.officer), "kind: " + scalar(item.kind),
      "submitted: " + item.day + " " + item.clock];
    if (item.happened) { lines.push("happened: " + item.happened); }
    if (item.call) { lines.push("call: " + scalar(item.call)); }
    lines.push("audience: " + data.audiences[item.cleared ? "cleared" : ""]);
    if (item.cleared) { lines.push("clearance: {by: " + scalar(item.cleared, true) + ", date: " + item.day + "}"); }
    return lines.concat("---", "", item.body, "").join("\n");
  }
  /* The id is the time and the unit; the next item of the same minute, begun after the draft was cleared, gets the next number. */
  function file(item) {
    const base = item.day.replace(/-/g, "") + "-" + item.clock.replace(":", "") + "-" + item.unit;
    const last = recall("last") || {};
    const number = last.base !== base ? 1 : last.number + (last.cleared ? 1 : 0);
    remember("last", { base: base, number: number });
    const name = base + (number > 1 ? "-" + number : "") + ".md";
    return { name: name, folder: [data.folder, item.day.slice(0, 4), item.day.slice(5, 7)].join("/"), text: written(item) };
  }

  /* What this browser keeps; where it keeps nothing, the form still works. */
  function remember(name, what) { try { localStorage.setItem(STORE + ":" + name, JSON.stringify(what)); } catch (error) { /* kept by nobody */ } }
  function recall(name) { try { return JSON.parse(localStorage.getItem(STORE + ":" + name)); } catch (error) { return null; } }
  function forget(name) { try { localStorage.removeItem(STORE + ":" + name); } catch (error) { /* there is nothing */ } }
  function keep() {
    const draft = {}, who = {};
    KEYS.forEach(function (key) { (KEPT.includes(key) ? who : draft)[key] = value(key); });
    remember("who", who);
    if (Object.keys(draft).some(function (key) { return draft[key]; })) { remember("draft", draft); } else { forget("draft"); }
  }
  function restore() {
    const kept = Object.assign({}, recall("who"), recall("draft"));
    KEYS.forEach(function (key) { if (form.elements[key] && typeof kept[key] === "string") { form.elements[key].value = kept[key]; } });
  }

  /* What the reader sees. */
  function element(name, text, more) {
    const made = Object.assign(document.createElement(name), more || {});
    made.textContent = text;
    return made;
  }
  function put(place, parts) {
    place.textContent = "";
    place.append.apply(place, parts);
  }
  function link(field, text) {
    const made = element("a", text, { href: "#zb-" + field });
    made.addEventListener("click", function (event) { event.preventDefault(); $(field).focus(); });
    return made;
  }
  function counted(id, count, range) {
    const note = $(id), over = range && count > range[1];
    note.textContent = count + " 字" + (range ? "（" + range[0] + "–" + range[1] + " 字）" : "") + (over ? "，多 " + (count - range[1]) + " 字" : "");
    note.classList.toggle("zb-form__count--over", Boolean(over));
  }
  function labelled() {
    const item = read(), unit = data.units[item.unit], kind = data.kinds[item.kind], note = $("kind-note");
    put($("officers"), (unit ? officers(unit, item.day) : []).map(function (name) { return element("option", "", { value: name }); }));
    note.hidden = !kind;
    note.textContent = kind ? kind.length[0] + "–" + kind.length[1] + " 字" + (kind.elements.length ? "，写清" + kind.elements.join("、") : "") + "。" +
      (kind.urgent ? "紧急信息先打电话报告，再在这里补报。" : "") : "";
    counted("title-count", bare(item.title), data.title);
    counted("body-count", length(item.body), kind && kind.length);
    return item;
  }
  function told(item) {
    const lack = missing(item), found = findings(item).filter(function (one) { return one.code !== "body-empty"; });
    const list = element("ul", "");
    found.forEach(function (one) {
      const row = element("li", "");
      row.append(element("span", data.labels[one.severity], { className: "zb-severity zb-severity--" + one.severity }), link(one.field, one.text));
      row.dataset.code = one.code;
      list.append(row);
    });
    if (!length(item.body)) { lack.push("body"); }
    const rest = element("p", lack.length ? "还没有填：" : "");
    lack.forEach(function (key, place) { rest.append(place ? "、" : "", link(key, data.required[key] || "正文")); });
    const parts = [lack.length ? rest : "", found.length ? list : "", lack.length || found.length ? "" : element("p", "没有发现问题。")].filter(Boolean);
    const fresh = element("div", "");
    put(fresh, parts);
    if (fresh.innerHTML !== $("found").innerHTML) { put($("found"), parts); }
    return lack.length + found.filter(function (one) { return one.severity === "error"; }).length;
  }
  function say(words, address, label) {
    const note = element("p", words);
    if (address) { note.append(element("a", label, { href: address, target: "_blank", rel: "noopener noreferrer" })); }
    put($("sent"), [note]);
  }

  /* Ways out of this page. */
  function copied(text) {
    if (navigator.clipboard && window.isSecureContext) { return navigator.clipboard.writeText(text); }
    const field = element("textarea", "", { value: text, readOnly: true, className: "zb-form__copy" });
    form.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("no clipboard"));
  }
  function query(address, values) { return address + "?" + new URLSearchParams(values).toString(); }
  function chosen(key) { return form.elements[key] && form.elements[key].value ? form.elements[key].selectedOptions[0].textContent : ""; }
  function open(address, without, text, what, look) {
    if (address.length <= data.forge.longest) {
      window.open(address, "_blank", "noopener,noreferrer");
      say("已在新窗口打开 " + data.forge.label + "，内容替你填好了。" + look + "没有打开的，", address, "从这里打开");
      return;
    }
    copied(text).then(function () {
      say(what + "太长，网址里放不下，已放进剪贴板：打开以后粘贴进去。" + look, without, "打开 " + data.forge.label);
    }, function () {
      say(what + "太长，网址里放不下，浏览器又不让复制：打开以后请从这一页自己复制，或者下载文件。" + look, without, "打开 " + data.forge.label);
    });
  }
  const ACTS = {
    issue: function (item) {
      const own = data.forge.form, values = Object.assign({}, own.fixed);
      ["title", "kind", "cleared"].forEach(function (key) { if (item[key]) { values[own.names[key]] = item[key]; } });
      if (item.call) { values[own.names.call] = form.elements.call.selectedOptions[0].dataset.choice; }
      const without = query(own.address, values);
      values[own.names.body] = item.body;
      const look = ["类型是“" + chosen("kind") + "”"].concat(item.call ? "报送要点是“" + chosen("call") + "”" : []).join("、");
      open(query(own.address, values), without, item.body, "正文", "提交以前看一看：" + look +
        (item.happened ? "；表单里没有发生日期，请在正文里写明" : "") + "。");
    },
    file: function (item) {
      const made = file(item), own = data.forge.file, values = {};
      const address = own.address.replace("{folder}", made.folder);
      values[own.name] = address === own.address ? made.folder + "/" + made.name : made.name;
      const without = query(address, values);
      values[own.text] = made.text;
      open(query(address, values), without, made.text, "全文", "提交时选“发起合并请求”；没有填上的，回来点“复制全文”再粘贴。");
    },
    download: function (item) {
      const made = file(item), address = URL.createObjectURL(new Blob([made.text], { type: "text/markdown;charset=utf-8" }));
      const anchor = element("a", "", { href: address, download: made.name });
      form.append(anchor);
      anchor.click();
      anchor.remove();
      setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
      say("已下载 " + made.name + "：放进仓库的 " + made.folder + "/，提交时选“发起合并请求”；不会用仓库的，把它发给办公室。");
    },
    copy: function (item) {
      const made = file(item);
      copied(made.text).then(function () {
        say("全文已放进剪贴板；文件名用 " + made.folder + "/" + made.name + "。");
      }, function () { say("浏览器不让复制，请下载文件。"); });
    }
  };
  function act(name) {
    if (name === "clear") {
      if (!window.confirm("清空标题、正文和其他内容？清空了就找不回来。")) { return; }
      KEYS.forEach(function (key) { if (form.elements[key] && !KEPT.includes(key)) { form.elements[key].value = ""; } });
      forget("draft");
      remember("last", Object.assign({}, recall("last"), { cleared: true }));
      told(labelled());
      say("草稿已清空。");
      return;
    }
    const item = labelled(), wrong = told(item);
    keep();
    if (!wrong) { ACTS[name](item); return; }
    say("还有 " + wrong + " 处要改，改好才能送出；上面“检查”里逐条写着。");
    $("found").querySelector("a").focus();
  }

  let waiting = 0;
  function changed() {
    labelled();
    clearTimeout(waiting);
    waiting = setTimeout(function () { told(read()); keep(); }, 400);
  }
  const day = now().day;
  document.querySelectorAll("[data-due]").forEach(function (one) { if (one.dataset.due < day) { one.remove(); } });
  document.querySelectorAll("[data-calls]").forEach(function (one) { if (!one.querySelector("[data-due]")) { one.remove(); } });
  form.elements.happened.max = day;
  restore();
  form.hidden = false;
  form.addEventListener("input", changed);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("click", function (event) { if (event.target.dataset.act) { act(event.target.dataset.act); } });
  window.addEventListener("pagehide", keep);
  told(labelled());
})();
