"""What the tests ask of a page, in the page: each returns what is wrong, in words."""

# The name of an element, for a person who reads a failed test.
NAMED = """const named = one => `<${one.localName}${one.id && " #" + one.id}> `
    + one.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);"""
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
SHOWN = """const shown = selector => [...document.querySelectorAll(selector)].filter(one =>
    one.checkVisibility({visibilityProperty: true}) && !one.closest(".skip"));"""

OVERFLOW = f"""() => {{
    {NAMED}
    const {{scrollWidth, clientWidth}} = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(one =>
        one.getBoundingClientRect().right > clientWidth + 1 && !one.closest(".scroll"));
    return [`${{scrollWidth}} of ${{clientWidth}} px, by ` + named(wide.at(-1) ?? document.body)];
}}"""

# Nobody scrolls on paper.
CUT_OFF = f"""() => {{
    {NAMED}
    return [document.documentElement, ...document.querySelectorAll(".scroll")]
        .filter(one => one.scrollWidth > one.clientWidth + 1)
        .map(one => `${{one.scrollWidth}} of ${{one.clientWidth}} px, ` + named(one));
}}"""

# A link inside a sentence may be as small as its words. A label belongs to its box.
SMALL = f"""() => {{
    {NAMED} {SHOWN}
    const LEAST = 44;
    const said = one => one.textContent.trim().replace(/\\s+/g, " ");
    const inSentence = one => one.localName === "a"
        && getComputedStyle(one).display === "inline"
        && said(one.closest("p, li, dd, td, div") ?? one) !== said(one);
    const boxes = one => [one, ...(["radio", "checkbox"].includes(one.type) ? one.labels : [])]
        .map(part => part.getBoundingClientRect());
    const side = (rects, from, to) =>
        Math.max(...rects.map(r => r[to])) - Math.min(...rects.map(r => r[from]));
    return shown("{CONTROLS}").filter(one => !inSentence(one)).flatMap(one => {{
        const wide = side(boxes(one), "left", "right"), high = side(boxes(one), "top", "bottom");
        return wide >= LEAST && high >= LEAST ? []
            : [named(one) + ` is ${{Math.round(wide)}} x ${{Math.round(high)}}`];
    }});
}}"""

# A ring of 3 px around what has the focus: around the control, or the row it stands in.
UNSEEN_FOCUS = f"""() => {{
    {NAMED} {SHOWN}
    const ringed = one => {{
        const {{outlineStyle, outlineWidth}} = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 3;
    }};
    const was = document.activeElement;
    const unseen = shown("{CONTROLS}").filter(one => {{
        one.focus({{preventScroll: true, focusVisible: true}});
        return ![one, one.parentElement, ...(one.labels ?? [])].some(ringed);
    }});
    was.focus({{preventScroll: true}});
    return unseen.map(named);
}}"""

# In forced colours a background is gone: a control is seen by its border, or drawn by the system.
INVISIBLE = f"""() => {{
    {NAMED} {SHOWN}
    const framed = one => {{
        const style = getComputedStyle(one);
        return style.appearance !== "none" && ["radio", "checkbox"].includes(one.type)
            || parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== "none"
                && style.borderTopColor !== style.backgroundColor;
    }};
    return shown("button, .btn, input:not([type=hidden]), select, textarea")
        .filter(one => !framed(one)).map(named);
}}"""

# Each link in the list of problems brings the focus to an input, as Enter on it would.
DEAD_JUMPS = f"""() => {{
    {NAMED}
    return [...document.querySelectorAll(".sum a")].filter(link => {{
        link.click();
        const now = document.activeElement;
        const takesAnswers = ["input", "select", "textarea"].includes(now.localName);
        return "#" + now.id !== link.hash || !takesAnswers;
    }}).map(named);
}}"""

# What a patient reads, line by line; titles of sources are quoted, not written.
LINES = """() => {
    const lines = document.body.innerText.split("\\n").map(line => line.trim());
    const quoted = [...document.querySelectorAll(".sources li")].map(one => one.innerText.trim());
    return lines.filter(line => line && !quoted.includes(line));
}"""

# Of what axe can wait for first, only sound and film matter: no rule that is on reads all styles.
AXE = """async rules => (await axe.run({
        runOnly: rules,
        resultTypes: ["violations"],
        preload: {assets: ["media"]},
    })).violations.map(one =>
        `${one.id}: ` + one.nodes.map(node => node.html.slice(0, 120)).join(" | "))"""

# The rest asks many things at once: on the way to the page and back goes more time than in it.

# What a page is and says; what is folded up is opened, to be looked at too.
SAID = f"""() => {{
    const drawn = document.documentElement.outerHTML.replace(' style=""', "");  // axe leaves this
    const html = `<!doctype html>${{drawn}}`;
    const failed = document.querySelector(".sum") !== null;
    document.querySelectorAll("details").forEach(one => {{ one.open = true; }});
    return {{html, failed, lines: ({LINES})()}};
}}"""

# What is wrong at one width, in one scheme of colours.
WRONG = f"""async rules => ({{
    "axe": await ({AXE})(rules),
    "tap targets": ({SMALL})(),
    "overflow": ({OVERFLOW})(),
    "focus": ({UNSEEN_FOCUS})(),
}})"""

# What is wrong with text twice as large.
WRONG_LARGE = f"""() => {{
    const page = document.documentElement;
    page.style.fontSize = "200%";
    const overflow = ({OVERFLOW})();
    page.removeAttribute("style");
    return {{overflow}};
}}"""

# What is wrong in forced colours, and with the list of problems in any.
WRONG_FORCED = f"""() => ({{
    "forced colours": ({INVISIBLE})(),
    "links to problems": ({DEAD_JUMPS})(),
}})"""
