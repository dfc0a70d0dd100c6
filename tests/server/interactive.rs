//! The interactive pages, driven in a real browser where the program was built with their parts and Chromium is installed;
//! without either, what the pages are for those who have no script.

use std::path::PathBuf;

use scraper::{Html, Selector};
use zeren::site::front;

use crate::server::{Server, encode, stored};
use crate::site::browser::{axe, browser};
use crate::site::driven::Driven;
use crate::site::texts;

/// A browser, if there is something for it to run.
fn ready() -> Option<PathBuf> {
    if !front::is_built() {
        eprintln!("skipped: built without the interactive parts of pages (sh .ci/front, then build again)");
        return None;
    }
    browser()
}

/// Sees that nothing went wrong on a page, and that nobody is kept out.
fn approve(page: &mut Driven, what: &str) {
    let (faults, requests) = page.faults();
    assert!(faults.is_empty() && requests > 2, "{what}: {requests} requests, {faults:#?}");
    let hindrances = page.hindrances(axe().as_deref());
    assert!(hindrances.is_empty(), "{what}: {hindrances:#?}");
}

/// Takes the first word that the editor offers; what was just offered is not taken by accident.
fn accept(page: &mut Driven) {
    std::thread::sleep(std::time::Duration::from_millis(300));
    page.press("Enter", 13, 0);
}

const GRAPH: &str = "document.getElementById('graph')";

/// Opens the network and waits until it is laid out.
fn network(browser: &std::path::Path, server: &Server, width: u32, fields: &str) -> Driven {
    let mut page = Driven::open(browser, &server.address, width);
    page.go(&format!("/explore?{fields}"));
    page.wait(&format!("{GRAPH}.dataset.laid == 2"));
    page
}

/// Sees that names of the network lie on no square but small ones, and on no other name.
fn approve_names(page: &mut Driven) {
    let over = page.ask(&format!(
        "(() => {{
            const cy = {GRAPH}.explorer, apart = 2;
            const whole = node => node.renderedBoundingBox({{ includeLabels: true, includeEdges: false }});
            const square = node => node.renderedBoundingBox({{ includeLabels: false, includeEdges: false }});
            // a name alone: on the side of the square that it stands on
            const name = node => {{
                const all = whole(node), own = square(node), side = ['below', 'above', 'right', 'left'].find(side => node.hasClass(side) && !(
                    ['right', 'left'].includes(side) && (node.hasClass('below') || node.hasClass('above'))));
                return {{ below: {{ ...all, y1: own.y2 }}, above: {{ ...all, y2: own.y1 }}, right: {{ ...all, x1: own.x2 }}, left: {{ ...all, x2: own.x1 }} }}[side];
            }};
            const meet = (a, b) => Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > apart * 2 && Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1) > apart * 2;
            const named = cy.nodes('.named').not('.apart').toArray();
            return named.flatMap(one => cy.nodes().not('.apart').toArray()
                .filter(other => other !== one && square(other).w > 14 && meet(name(one), square(other))
                    || named.indexOf(other) > named.indexOf(one) && meet(name(one), name(other)))
                .map(other => one.data('label') + ' / ' + other.data('label')));
        }})()"
    ));
    assert_eq!(over.as_array().unwrap().len(), 0, "{over}");
}

#[test]
fn the_network_is_drawn_moved_and_followed() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let mut page = network(&browser, &server, 1280, "lang=zh");
    let nodes = page.ask(&format!("{GRAPH}.explorer.nodes().length")).as_u64().unwrap();
    let told = page.ask("document.getElementById('seen').textContent");
    assert!(nodes > 3 && told.as_str().unwrap().starts_with(&nodes.to_string()), "{nodes}: {told}");
    page.wait(&format!("{GRAPH}.explorer.nodes('.named').length > 0"));
    approve_names(&mut page);

    // a click on a department tells whom it works with, and leads to its page
    let middle = |page: &mut Driven| -> [f64; 2] {
        let place = page.ask(&format!(
            "(() => {{ const box = {GRAPH}.getBoundingClientRect(), at = {GRAPH}.explorer.nodes()[0].renderedPosition(); \
             return [box.x + at.x, box.y + at.y]; }})()"
        ));
        [place[0].as_f64().unwrap(), place[1].as_f64().unwrap()]
    };
    let name = page.ask(&format!("{GRAPH}.explorer.nodes()[0].data('label')")).as_str().unwrap().to_owned();
    let [x, y] = middle(&mut page);
    page.click_at(x, y);
    page.wait(&format!("document.querySelector('#panel h2').textContent === {name:?}"));
    page.wait("document.querySelectorAll('#panel .near a').length > 1");
    let heights = page.ask("['#panel', '.drawing'].map(one => document.querySelector(one).offsetHeight)");
    assert!(heights[0].as_f64() <= heights[1].as_f64(), "what is told is no higher than the picture: {heights}");
    let own = page.ask("document.querySelector('#panel .go').getAttribute('href')").as_str().unwrap().to_owned();
    let thing = server.get(&own, "text/html");
    assert_eq!((thing.status, texts(&Html::parse_document(&thing.text()), "h1")), (200, vec![name.clone()]));
    page.wait(&format!("{GRAPH}.explorer.nodes('.apart').length + {GRAPH}.explorer.nodes('.near').length === {GRAPH}.explorer.nodes().length"));

    // it is dragged, and keeps where it was put
    page.wait(&format!("!{GRAPH}.explorer.animated()"));
    let from = middle(&mut page);
    page.drag(from, [from[0] + 60.0, from[1] + 40.0]);
    let at = middle(&mut page);
    assert!((at[0] - from[0] - 60.0).abs() < 3.0 && (at[1] - from[1] - 40.0).abs() < 3.0, "{from:?} {at:?}");

    // with the keyboard: a neighbour in the panel, and a name
    let other = page.ask("document.querySelector('#panel .near a').textContent.trim()").as_str().unwrap().to_owned();
    page.ask("document.querySelector('#panel .near a').focus()");
    page.press("Enter", 13, 0);
    page.wait(&format!("document.querySelector('#panel h2').textContent.trim() === {other:?}"));
    page.ask("document.querySelector('#find input[name=node]').focus()");
    page.write(&name);
    page.press("Enter", 13, 0);
    page.wait(&format!("document.querySelector('#panel h2').textContent === {name:?}"));
    page.wait(&format!("{GRAPH}.explorer.nodes('.chosen.named').map(node => node.data('label')).join() === {name:?}"));
    page.wait(&format!("!{GRAPH}.explorer.animated()"));
    approve_names(&mut page);
    let zoom = page.ask(&format!("{GRAPH}.explorer.zoom()")).as_f64().unwrap();
    page.click("[data-tool=out]");
    page.wait(&format!("{GRAPH}.explorer.zoom() < {zoom}"));
    approve(&mut page, "the network");
}

#[test]
fn the_network_fits_a_phone_with_tasks_too() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let mut page = network(&browser, &server, 390, "tasks=1&lang=en");
    let kinds = page.ask(&format!("[...new Set({GRAPH}.explorer.nodes().map(node => node.data('kind')))].sort()"));
    let kinds: Vec<&str> = kinds.as_array().unwrap().iter().filter_map(|kind| kind.as_str()).collect();
    assert!(kinds.contains(&"department") && kinds.contains(&"task"), "{kinds:?}");
    let roles = page.ask(&format!("new Set({GRAPH}.explorer.edges().map(edge => edge.style('line-style'))).size"));
    assert!(roles.as_u64().unwrap() > 1, "roles are told by the form of lines");
    approve(&mut page, "the network on a phone");
}

#[test]
fn the_editor_completes_runs_and_shows_faults_in_place() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let inside = "document.getElementById('editor').shadowRoot";
    for width in [1280, 390] {
        let mut page = Driven::open(&browser, &server.address, width);
        page.go("/query?lang=en");
        page.wait(&format!("{inside}.querySelector('.cm-content')"));
        page.ask(&format!("{inside}.querySelector('.cm-content').focus()"));
        page.press("a", 65, 2);
        page.write("SELECT ?task { ?task z:hasIndi");
        let offers =
            format!("[...{inside}.querySelectorAll('.cm-tooltip-autocomplete li')].map(one => one.textContent)");
        page.wait(&format!("{offers}.some(one => one.includes('z:hasIndicator') && one.includes('has indicator') && /[\\u4e00-\\u9fff]/.test(one))"));
        accept(&mut page);
        page.wait(&format!("{inside}.querySelector('.cm-content').textContent.includes('z:hasIndicator')"));
        page.write(" ?x . ?ta");
        page.wait(&format!("{offers}.some(one => one.includes('?task'))"));
        accept(&mut page);
        page.write(" z:text ?words");
        approve(&mut page, "the editor");
        // what completion closed is there already
        page.press("Enter", 13, 2);
        page.wait("document.querySelectorAll('#count').length === 1 && location.search.includes('hasIndicator')");
        let rows = page.ask("document.querySelectorAll('table tbody tr a').length").as_u64().unwrap();
        assert!(rows > 0, "tasks lead to their pages");
    }
    let mut page = Driven::open(&browser, &server.address, 1280);
    page.go(&format!("/query?lang=en&query={}", encode("SELECT ?t {\n  ?t a z:Task ; nothing\n}")));
    page.wait(&format!("{inside}.querySelector('.cm-lintRange-error')"));
    let place = page.ask(&format!("{inside}.querySelector('.cm-lintRange-error').closest('.cm-line').textContent"));
    assert!(place.as_str().unwrap().contains("nothing"), "{place}");
}

#[test]
fn pictures_are_laid_out_in_the_browser() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for lang in ["zh", "en"] {
        let mut page = Driven::open(&browser, &server.address, 1280);
        page.go(&format!("/draw?of=coordination&lang={lang}"));
        page.wait("document.querySelector('#drawing svg g.node')");
        // no word is wider than its box
        let wide = page.ask(
            "[...document.querySelectorAll('#drawing g.node')].filter(node => { const box = node.querySelector('polygon, path').getBBox(); \
             return [...node.querySelectorAll('text')].some(text => text.getBBox().width > box.width); }).map(node => node.textContent)",
        );
        assert_eq!(wide.as_array().unwrap().len(), 0, "{lang}: {wide}");
        let kept =
            page.ask("[document.getElementById('keep').href, document.querySelector('#drawing svg').textContent]");
        assert!(
            kept[0].as_str().unwrap().starts_with("blob:") && kept[1].as_str().unwrap().contains("云川市"),
            "{kept}"
        );
        let scale = "document.querySelector('#drawing svg').getBoundingClientRect().width";
        let before = page.ask(scale).as_f64().unwrap();
        page.click("[data-tool=in]");
        page.wait(&format!("{scale} > {before} * 1.1"));
        approve(&mut page, "a picture");
    }
}

#[test]
fn a_picture_is_whole_at_first_and_moved_as_one_likes() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    // where the picture is, beside its frame, and how large by its own measure
    let place = "(() => { const box = document.getElementById('drawing').getBoundingClientRect(), \
        svg = document.querySelector('#drawing svg'), own = svg.getBoundingClientRect(); \
        return { left: own.left - box.left, top: own.top - box.top, right: box.right - own.right, bottom: box.bottom - own.bottom, \
            scale: own.width / svg.viewBox.baseVal.width, shown: document.getElementById('drawing').clientHeight }; })()";
    for (width, about) in [(1280, "of=coordination"), (390, "of=coordination"), (390, "of=lineage")] {
        let mut page = Driven::open(&browser, &server.address, width);
        page.go(&format!("/draw?{about}&lang=zh"));
        page.wait(
            "document.querySelector('#drawing svg g.node') && document.getElementById('state').textContent === ''",
        );
        let of = |page: &mut Driven, name: &str| page.ask(&format!("{place}.{name}")).as_f64().unwrap();
        // whole, or as wide as its frame from its top on where it would be too small to read; never larger than it is
        let what = format!("{about} {width}");
        let scale = of(&mut page, "scale");
        assert!(scale > 0.0 && scale < 1.01, "{what}: {scale}");
        for side in ["left", "top", "right"] {
            assert!(of(&mut page, side) > -2.0, "{what}: {side} {}", of(&mut page, side));
        }
        page.click("[data-tool=in]");
        page.wait(&format!("{place}.scale > {scale} * 1.1"));
        page.click("[data-tool=actual]");
        page.wait(&format!("Math.abs({place}.scale - 1) < 0.01"));
        page.click("[data-tool=fit]");
        page.wait(&format!(
            "{place}.scale < 1.01 && {place}.bottom > -2 && {place}.right > -2 && {place}.left > -2 && {place}.top > -2"
        ));
        page.click("[data-tool=in]");
        page.wait(&format!("{place}.scale > 0"));
        // dragged by its background
        page.ask("document.getElementById('drawing').scrollIntoView({ block: 'center', behavior: 'instant' })");
        let at = page.ask("(() => { const box = document.getElementById('drawing').getBoundingClientRect(); return [box.x + 8, box.y + 8]; })()");
        let from = [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()];
        let before = [of(&mut page, "left"), of(&mut page, "top")];
        page.drag(from, [from[0] + 50.0, from[1] + 30.0]);
        page.wait(&format!(
            "Math.abs({place}.left - {}) < 4 && Math.abs({place}.top - {}) < 4",
            before[0] + 50.0,
            before[1] + 30.0
        ));
        // and kept as a file, where there is one
        page.wait(
            "(keep => !keep.hidden && keep.href.startsWith('blob:') && keep.download)(document.getElementById('keep'))",
        );
        approve(&mut page, &what);
    }
}

#[test]
fn a_picture_that_cannot_be_drawn_says_so() {
    let Some(browser) = ready() else { return };
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let mut page = Driven::open(&browser, &server.address, 1280);
    page.go("/draw?of=coordination&lang=zh");
    page.wait("document.querySelector('#drawing svg g.node')");
    // the same script where its text is gone
    page.ask(
        "(() => { document.getElementById('drawing').dataset.dot = '/draw.dot?of=task&about=nothing'; \
         const again = document.createElement('script'); again.src = document.querySelector('script[src*=\"picture.js\"]').src; \
         document.head.append(again); })()",
    );
    page.wait(
        "document.getElementById('state').textContent.startsWith(document.getElementById('state').dataset.failed)",
    );
}

#[test]
fn every_thing_leads_to_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain");
    crate::cli::well(&crate::cli::run(folder.path(), &format!("build {}", data.display())));
    let server = Server::start(folder.path(), &[]);
    let thing = |kind: &str, name: &str| format!("/{kind}/{}", encode(name));
    let document = thing("document", "霖政办发〔2024〕20号");
    let pages = [
        ("/lineage", "lineage", "digraph lineage"),
        (document.as_str(), "lineage", "digraph lineage"),
        (&format!("{document}/task/{}", encode("一")), "task", "digraph task"),
        (&thing("organisation", "霖禾市卫生健康委员会"), "reform", "digraph reform"),
        (&thing("organisation", "霖禾市卫生健康委员会"), "body", "digraph body"),
    ];
    for (page, kind, begins) in pages {
        let shown = Html::parse_document(&server.get(page, "text/html").text());
        let link = Selector::parse(&format!("a[href^='/draw?of={kind}']")).unwrap();
        let link = shown.select(&link).next().unwrap_or_else(|| panic!("{page}: {kind}"));
        let href = link.value().attr("href").unwrap();
        let dot = server.get(&href.replace("/draw?", "/draw.dot?"), "*/*");
        assert!(dot.status == 200 && dot.text().starts_with(begins), "{page}: {}", dot.text());
        let drawn = server.get(href, "text/html").text();
        assert!(drawn.contains("<noscript>"), "{drawn}");
    }
    assert_eq!(server.get("/draw.dot?of=task&about=nothing", "*/*").status, 404);
    let still = server.get("/explore", "text/html").text();
    let drawn = zeren::render::graphviz::is_installed();
    assert_eq!(still.contains("<noscript><figure"), drawn, "{still}");
}

#[test]
fn without_a_script_the_same_is_there() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let page = |target: &str| Html::parse_document(&server.get(target, "text/html").text());
    let links = |page: &Html, selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|one| one.value().attr("href").unwrap().to_owned()).collect()
    };
    let whole = page("/explore?lang=en");
    assert_eq!(texts(&whole, "#not-built").len(), usize::from(!front::is_built()));
    let around = links(&whole, "main table a[data-node]");
    assert!(around.len() > 3, "{around:?}");
    let one = page(&around[0]);
    assert!(!texts(&one, "#panel h2").concat().is_empty() && links(&one, "#panel .near a").len() > 1);
    assert_eq!(server.get(&links(&one, "#panel .go")[0], "text/html").status, 200);

    let data = |fields: &str| -> serde_json::Value {
        serde_json::from_slice(&server.get(&format!("/explore.json?{fields}"), "*/*").body).unwrap()
    };
    let all = data("");
    let count = |data: &serde_json::Value, what: &str| data[what].as_array().unwrap().len();
    assert_eq!(count(&all, "nodes"), around.len());
    let leads = data("role=lead");
    assert!(count(&leads, "nodes") < count(&all, "nodes"));
    let place = data(&format!("place={}", encode("云川市")));
    assert!(count(&place, "nodes") > 1 && count(&place, "nodes") < count(&all, "nodes"));
    assert_eq!(count(&data("year=1999"), "nodes"), 0);
    let few = data("most=2");
    assert_eq!((count(&few, "nodes"), few["nodes_left_out"].as_u64().unwrap()), (2, around.len() as u64 - 2));
    assert_eq!(server.get("/explore.json?node=none", "*/*").status, 404);
    assert_eq!(server.get("/explore?role=boss", "text/html").status, 400);
}

#[test]
fn shipped_queries_are_asked_by_a_form() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let page = |target: &str| Html::parse_document(&server.get(target, "text/html").text());
    let count = |page: &Html, selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    let first = page("/query?lang=en");
    let shipped = zeren::query::catalogue::all().unwrap();
    assert_eq!(count(&first, "aside li a"), shipped.len());
    let form = page("/query?named=tasks-of&lang=en");
    assert_eq!((count(&form, "input[name=body][required]"), count(&form, "#count")), (1, 0), "asks for what is needed");
    let named = format!("named=tasks-of&body={}", encode("财政局"));
    let answer = page(&format!("/query?{named}&lang=en"));
    assert!(count(&answer, "#count") == 1 && count(&answer, "tbody tr") > 0);
    assert!(texts(&answer, "thead th").contains(&"its role".to_owned()), "columns are called by what they hold");
    // the links to take it along say what they accept
    let export = answer.select(&Selector::parse(".exports a").unwrap()).next().unwrap().value().attr("href").unwrap();
    let csv = server.get(export, "text/html");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().count() - 1, count(&answer, "tbody tr"));
    // for programs the same
    let json = server.get(&format!("/query?{named}"), "application/sparql-results+json");
    assert!(json.text().contains("\"bindings\""));
    assert_eq!(server.get("/query?named=tasks-of", "text/csv").status, 400, "a value is missing");
    assert_eq!(server.get("/query?named=nothing-such", "text/html").status, 400);
    let wrong = server.get("/query?named=due&from=soon&lang=en", "text/html");
    assert_eq!(wrong.status, 400);
    assert!(texts(&Html::parse_document(&wrong.text()), "[role=alert]").concat().contains("soon"));
    // a fault says where it lies
    let fault = server.get(&format!("/query?query={}", encode("SELECT ?t {\n ?t nope }")), "text/html");
    let fault = Html::parse_document(&fault.text());
    assert_eq!(count(&fault, "[data-line='2']"), 1);
    for kind in ["ASK { ?t a z:Task }", "CONSTRUCT { ?t a z:Task } WHERE { ?t a z:Task }"] {
        let page = page(&format!("/query?query={}", encode(kind)));
        assert!(!texts(&page, "pre.answer").concat().trim().is_empty(), "{kind}");
    }
}

#[test]
fn policies_allow_no_more_than_is_needed() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for target in ["/explore", "/query", "/draw?of=coordination"] {
        let page = server.get(target, "text/html");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{target}: {policy}");
        let page = Html::parse_document(&page.text());
        for element in page.root_element().descendants().filter_map(scraper::ElementRef::wrap) {
            let value = element.value();
            assert!(value.attrs().all(|(name, _)| !name.starts_with("on") && name != "style"), "{target}: {value:?}");
            assert!(!["script", "style"].contains(&value.name()) || element.text().count() == 0, "{target}");
        }
    }
    if front::is_built() {
        for (name, allows) in
            [("explore.js", false), ("editor.js", false), ("picture.js", false), ("graphviz.js", true)]
        {
            let part = server.get(&format!("/assets/{name}"), "*/*");
            assert_eq!((part.status, part.header("content-type")), (200, "text/javascript; charset=utf-8"), "{name}");
            assert_eq!(part.header("content-security-policy").contains("wasm-unsafe-eval"), allows, "{name}");
        }
        let licences = server.get("/assets/licences.txt", "*/*").text();
        for word in
            ["cytoscape ", "cytoscape-fcose ", "@codemirror/view ", "@viz-js/viz ", "Eclipse Public License", "Expat"]
        {
            assert!(licences.contains(word), "{word}");
        }
    }
    assert_eq!(server.get("/assets/none.js", "*/*").status, 404);
}
