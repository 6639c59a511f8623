//! The HTML report: sound markup, nothing alive in it but its own script, readable colours, and a real browser that
//! shows and prints it.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use common::browser::{Browser, OPTIONS};
use common::{Desk, compare_with_files, hostile, interdict, root};
use roxmltree::{Document, Node};

const VOSTOCHNY: &str = "fixtures/incidents/2023-09-13-vostochny.yaml";

fn vostochny() -> String {
    interdict(["check", "--format", "html", VOSTOCHNY]).exits(1).stdout
}

/// The page without what is between this tag and its end.
fn emptied(page: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let start = page.find(&open).expect("the tag is there") + open.len();
    let end = start + page[start..].find(&close).expect("the tag is closed");
    assert!(!page[end + 1..].contains(&open), "{tag} is there once");
    format!("{}{}", &page[..start], &page[end..])
}

/// The page as XML: the few tags that HTML leaves open are closed, and what is not markup is left out.
fn as_xml(page: &str) -> String {
    let mut xml = emptied(&emptied(page, "style"), "script").replace("<!DOCTYPE html>", "");
    for open in ["<meta ", "<input ", "<br"] {
        let mut parts = xml.split(open);
        let mut closed = parts.next().unwrap().to_owned();
        for part in parts {
            let end = part.find('>').unwrap();
            closed.push_str(&format!("{open}{}/{}", &part[..end], &part[end..]));
        }
        xml = closed;
    }
    xml
}

#[track_caller]
fn parsed(xml: &str) -> Document<'_> {
    Document::parse(xml).unwrap_or_else(|e| panic!("the page is not well-formed: {e}"))
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

/// Whatever the page says, this is all it may be made of.
#[track_caller]
fn is_inert(document: &Document<'_>) {
    let known = "html head meta title style script body a header main section article nav p h1 h2 h3 h4 h5 ul li dl dt dd div \
        span strong code bdi br table caption thead tbody tr th td details summary form fieldset legend label input button \
        output svg g desc line rect path text";
    let known: Vec<&str> = known.split_whitespace().collect();
    let mut ids = BTreeMap::new();
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi(), "{node:?}");
        if !node.is_element() {
            continue;
        }
        assert!(known.contains(&node.tag_name().name()), "{node:?}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !["src", "style", "action", "srcdoc", "data"].contains(&name), "{node:?}");
            assert!(!name.ends_with("href") || value.starts_with('#'), "a way out of the page: {value}");
            assert!(!value.contains("owned") && !value.contains("live.example"), "an attribute of unknown words: {value}");
            if name == "id" {
                assert!(ids.insert(value.to_owned(), ()).is_none(), "two of `{value}`");
            }
        }
    }
    let labels = document.descendants().flat_map(|n| n.attribute("aria-labelledby").into_iter().flat_map(str::split_whitespace));
    let links = document.descendants().filter_map(|n| n.attribute("href")).map(|h| &h[1..]);
    for id in labels.chain(links) {
        assert!(ids.contains_key(id), "nothing is called `{id}`");
    }
}

/// Without what changes with the look of the page or whenever a rule is added, a tag to a line.
fn lasting(page: &str) -> String {
    let mut lasting = emptied(&emptied(page, "style"), "script");
    for (before, after) in [("Content-Security-Policy\" content=\"", "\""), ("sha256:", "<"), ("<dt>Rulebook</dt><dd>", " rules")]
    {
        let mut from = 0;
        while let Some(at) = lasting[from..].find(before) {
            let start = from + at + before.len();
            let end = start + lasting[start..].find(after).unwrap();
            lasting.replace_range(start..end, "[..]");
            from = start;
        }
    }
    // Lines of rule files move.
    let mut parts = lasting.split("<bdi>rules/");
    let mut actual = parts.next().unwrap().to_owned();
    for part in parts {
        let (place, rest) = part.split_once('<').unwrap();
        let file = place.split(':').next().unwrap();
        actual.push_str(&format!("<bdi>rules/{file}:[..]<{rest}"));
    }
    actual.replace("><", ">\n<")
}

#[test]
fn the_page_of_a_real_incident_has_all_that_the_json_report_has() {
    let page = vostochny();
    assert_eq!(page, vostochny(), "the same each time");
    compare_with_files(&[(root().join("tests/html/vostochny.html"), lasting(&page))]);
    let xml = as_xml(&page);
    let document = parsed(&xml);
    is_inert(&document);
    let findings = interdict(["check", "--format", "json", VOSTOCHNY]).json();
    let findings: Vec<_> = findings["incidents"][0]["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|t| t["findings"].as_array().unwrap().clone())
        .collect();
    assert!(findings.len() >= 5);
    let full = interdict(["check", "--full", "--format", "html", VOSTOCHNY]).stdout;
    for finding in &findings {
        let id = format!("f-{}", finding["fingerprint"].as_str().unwrap());
        assert!(full.contains(&id), "the full page has every finding by itself");
        if finding["told_with"].is_string() {
            assert!(page.contains(finding["rule"].as_str().unwrap()) && !page.contains(&id), "told with another one: {finding}");
            continue;
        }
        let reasons = document.descendants().find(|n| n.attribute("id") == Some(&id)).expect("every finding is reported");
        let actual = text_of(reasons);
        for fact in finding["because"].as_array().unwrap() {
            assert!(actual.contains(fact["condition"].as_str().unwrap()), "{fact} in {actual}");
            let at = fact["at"].as_str().map(|at| at.strip_prefix(VOSTOCHNY).unwrap().trim_start_matches(':'));
            assert!(at.is_none_or(|at| actual.contains(&format!("line {at}"))), "{fact} in {actual}");
        }
        // What the facts exclude is told with `--full`; what all breaches share stands once beside them.
        let is_told = |exception: &&serde_json::Value| exception["state"] != "excluded";
        for exception in finding["unless"].as_array().unwrap().iter().filter(is_told) {
            assert!(text_of(document.root_element()).contains(exception["title"].as_str().unwrap()));
        }
        let line = text_of(reasons.parent().unwrap().first_element_child().unwrap());
        let authority = &finding["authority"][0];
        let cited = format!("{} para {}", authority["symbol"].as_str().unwrap(), authority["paragraph"].as_str().unwrap());
        assert!(line.contains(&cited), "{line}");
    }
    // Landmarks, and a name for each part.
    for landmark in ["main", "nav", "header"] {
        assert!(document.descendants().any(|n| n.has_tag_name(landmark)), "{landmark}");
    }
    let svg = document.descendants().find(|n| n.has_tag_name("svg") && n.attribute("role") == Some("img")).expect("a timeline");
    assert!(svg.children().any(|n| n.has_tag_name("title")) && svg.children().any(|n| n.has_tag_name("desc")));
    assert!(text_of(svg).contains("S/RES/1874 (2009), adopted 2009-06-12"));
}

#[test]
fn hostile_words_are_inert() {
    let hostile = hostile("html");
    let xml = as_xml(&hostile.report);
    let document = parsed(&xml);
    is_inert(&document);
    let findings = document.descendants().filter(|n| n.attribute("data-verdict").is_some()).count();
    assert_eq!(findings, hostile.findings);
    let problems = document.descendants().filter(|n| n.attribute("class") == Some("problems"));
    let problems = problems.flat_map(|list| list.children().filter(|n| n.has_tag_name("li")));
    assert_eq!(problems.count(), hostile.problems);
    assert!(text_of(document.root()).contains("<script>alert(1)</script>"), "the words come back as they were");
    for node in document.descendants().filter(|n| n.is_text() && n.text().unwrap().contains("owned")) {
        let apart = node
            .ancestors()
            .any(|n| ["bdi", "code", "title"].contains(&n.tag_name().name()) || n.attribute("class") == Some("at"));
        assert!(apart, "the direction of writing goes beyond: {node:?}");
    }
}

#[test]
fn nothing_but_its_own_style_and_script_may_run() {
    let page = vostochny();
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && policy.contains("script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"));
    let script = fs::read_to_string(root().join("src/report/html/page.js")).unwrap();
    for reach in ["fetch", "XMLHttpRequest", "localStorage", "sessionStorage", "cookie", "innerHTML", "location", "eval"] {
        assert!(!script.contains(reach), "{reach}");
    }
}

#[test]
fn ids_that_are_borne_twice_have_places_of_their_own() {
    let desk = Desk::new();
    let sale = "{id: t, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{description: anthracite}]}";
    let files = [
        desk.write("a.yaml", format!("id: same\ntransactions: [{sale}, {sale}]\n")),
        desk.write("b.yaml", format!("id: same\ntransactions: [{sale}]\n")),
    ];
    let page = || desk.run(&["check", "--format", "html"], &files).exits(3).stdout;
    let actual = page();
    assert_eq!(actual, page());
    let xml = as_xml(&actual);
    let document = parsed(&xml);
    // No name is given twice, and every link leads somewhere; see there.
    is_inert(&document);
    let reasons: Vec<&str> =
        document.descendants().filter(|n| n.attribute("class") == Some("reasons")).map(|n| n.attribute("id").unwrap()).collect();
    let [first, second, third] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert!(first.len() == "f-".len() + 32, "the first bears the fingerprint alone: {first}");
    assert_eq!((second.strip_prefix(first), third.strip_prefix(first)), (Some("-2"), Some("-3")));
    let marked = document.descendants().filter(|n| n.attribute("class") == Some("transaction")).count();
    assert_eq!(marked, 3);
}

#[test]
fn decisions_are_shown() {
    let desk = Desk::new();
    let json = interdict(["check", "--format", "json", VOSTOCHNY]).json();
    let fingerprint = json["incidents"][0]["transactions"][0]["findings"][0]["fingerprint"].as_str().unwrap();
    let baseline = format!(
        "decisions:\n  - {{fingerprint: {fingerprint}, decision: referred, reason: \"to the <b>Committee</b>\", by: B. Officer, on: 2024-01-02, expires: 2030-01-01}}\n  - {{fingerprint: 0123456789abcdef0123456789abcdef, decision: accepted, reason: gone, by: C. Officer, on: 2024-01-02}}\n"
    );
    let baseline = desk.write("baseline.yaml", baseline);
    let args = ["check", "--format", "html", "--as", "2024-06-01", "--baseline", baseline.to_str().unwrap(), VOSTOCHNY];
    let page = interdict(args).exits(1).stdout;
    let xml = as_xml(&page);
    let document = parsed(&xml);
    is_inert(&document);
    let part = |id: &str| text_of(document.descendants().find(|n| n.attribute("id") == Some(id)).expect(id));
    let reasons = part(&format!("f-{fingerprint}"));
    assert!(reasons.contains("decided: referred by B. Officer on 2024-01-02, until 2030-01-01"), "{reasons}");
    let decisions = part("decisions");
    for actual in ["1 finding covered", "to the <b>Committee</b>", "Decisions that met no finding", "C. Officer"] {
        assert!(decisions.contains(actual), "{actual} in {decisions}");
    }
}

#[test]
fn a_quota_of_no_single_period_is_reported_without_a_period() {
    let page = interdict(["check", "--format", "html", "fixtures/incidents/2017-02-coal-quota.yaml"]).exits(1).stdout;
    let xml = as_xml(&page);
    let document = parsed(&xml);
    let named = document.descendants().filter(|n| n.attribute("class") == Some("quota-name"));
    let actual: Vec<String> = named.map(text_of).collect();
    for name in ["Quota dprk-coal-2321", "Quota dprk-coal-2321, period 2017"] {
        assert!(actual.iter().any(|t| t == name), "{name} in {actual:?}");
    }
}

#[test]
fn quotas_have_gauges() {
    let page = interdict(["check", "--format", "html", "fixtures/incidents/2021-refined-reported.yaml"]).exits(0).stdout;
    let xml = as_xml(&page);
    let document = parsed(&xml);
    is_inert(&document);
    let quotas = document.descendants().find(|n| n.attribute("id") == Some("quotas")).expect("quotas are reported");
    assert!(text_of(quotas).contains("91,359.2 of 500,000 bbl18.3\u{a0}%"), "{}", text_of(quotas));
    let within = quotas.descendants().find(|n| n.attribute("class") == Some("within")).expect("a bar");
    assert_eq!(within.attribute("width"), Some("36.6"));
}

/// Lines of which each is a finding, or nearly two.
fn many(number: usize) -> String {
    let line = |i: usize| {
        format!(
            r#"{{"id":"t{i}","incident":"bulk-{}","activity":"sale","date":"20{:02}-{:02}-03","from":{{"country":"KP"}},"to":{{"country":"FR"}},"items":[{{"description":"anthracite coal","hs":"2701.11","origin":"KP","quantity":"{} t"}}]}}"#,
            i % 7,
            18 + i % 6,
            i % 12 + 1,
            i % 90 + 1
        ) + "\n"
    };
    (0..number).map(line).collect()
}

#[test]
fn beyond_what_a_browser_bears_findings_are_counted() {
    let desk = Desk::new();
    let path = desk.write("many.ndjson", many(5_600));
    let run = |format: &str| interdict(["check", "--format", format, path.to_str().unwrap()]).exits(1);
    let summary = run("json").json()["summary"].clone();
    let all: u64 = ["violation", "potential-violation", "insufficient-information", "compliant"]
        .iter()
        .map(|verdict| summary[*verdict].as_u64().unwrap())
        .sum();
    assert!(all > 5_000, "{summary}");
    let xml = as_xml(&run("html").stdout);
    let document = parsed(&xml);
    is_inert(&document);
    assert_eq!(document.descendants().filter(|n| n.attribute("data-verdict").is_some()).count(), 5_000);
    let left_out = document.descendants().find(|n| n.attribute("id") == Some("left-out")).expect("the others are counted");
    let counted: u64 = left_out
        .descendants()
        .filter(|n| n.has_tag_name("td") && n.attribute("class") == Some("number"))
        .map(|n| text_of(n).replace(',', "").parse::<u64>().unwrap())
        .sum();
    assert_eq!(counted, all - 5_000);
}

/// The light and the dark palette of the stylesheet.
fn palettes() -> [BTreeMap<String, [f64; 3]>; 2] {
    let css = fs::read_to_string(root().join("src/report/html/page.css")).unwrap();
    let mut blocks = css.split(":root {").skip(1).map(|block| block.split('}').next().unwrap());
    [(); 2].map(|()| {
        let colours = blocks.next().unwrap().split(';').filter_map(|d| d.trim().split_once(": #"));
        let channel = |hex: &str, i: usize| f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        colours.map(|(name, hex)| (name.to_owned(), [channel(hex, 0), channel(hex, 2), channel(hex, 4)])).collect()
    })
}

/// The contrast of two colours as WCAG 2 defines it.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_contrast_with_their_background() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let verdicts = ["violation", "potential", "insufficient", "compliant", "none"];
    for (scheme, palette) in ["light", "dark"].iter().zip(palettes()) {
        let at_least = |text: &str, ground: &str, least: f64| {
            let ratio = contrast(palette[&format!("--{text}")], palette[&format!("--{ground}")]);
            assert!(ratio >= least, "{scheme}: {text} on {ground} is {ratio:.2}");
        };
        for text in ["ink", "quiet", "accent"].iter().chain(&verdicts) {
            for ground in ["paper", "sheet", "sunk"] {
                at_least(text, ground, 4.5);
            }
        }
        for verdict in verdicts {
            at_least(verdict, &format!("{verdict}-wash"), 4.5);
        }
        // What is drawn needs less.
        at_least("bar-edge", "sheet", 3.0);
        at_least("bar-edge", "sunk", 3.0);
    }
}

/// Runs Chromium on a page, if there is one.
fn chromium(page: &Path, options: &[&str]) -> Option<Output> {
    let profile = tempfile::tempdir().unwrap();
    let run = Command::new("chromium")
        .args(OPTIONS)
        .args(["--enable-logging=stderr", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}", page.display()))
        .output();
    match run {
        Ok(output) => Some(output),
        Err(error) => {
            // Written past the test runner, which keeps what passing tests print to itself.
            let _ = writeln!(std::io::stderr(), "skipped: `chromium` cannot be run ({error})");
            None
        }
    }
}

#[test]
fn a_browser_renders_the_page() {
    let desk = Desk::new();
    for (name, page) in [("vostochny", vostochny()), ("hostile", hostile("html").report)] {
        let path = desk.write(&format!("{name}.html"), &page);
        let Some(output) = chromium(&path, &["--dump-dom"]) else { return };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("CONSOLE"), "{name}: {said}");
        let shown = String::from_utf8_lossy(&output.stdout);
        let findings = page.matches("data-verdict=").count();
        assert!(shown.contains(&format!("Showing all {findings}")), "{name}: the filter is there");
        assert!(!shown.contains("aria-label=\"Filter the findings\" hidden"), "{name}: the filter is shown");
    }
}

#[test]
fn no_page_is_wider_than_its_screen() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = Desk::new();
    for (name, page) in [("vostochny", vostochny()), ("hostile", hostile("html").report)] {
        let path = desk.write(&format!("{name}.html"), &page);
        for (width, scheme) in [(1280, "light"), (390, "light"), (320, "dark")] {
            browser.looks(width, 844, scheme);
            browser.show(&path);
            browser.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
            // What is far down is laid out only when somebody scrolls there.
            let all = "(() => { document.querySelectorAll('.transaction').forEach((t) => { t.style.contentVisibility = 'visible'; }); \
                       const root = document.documentElement; return root.scrollWidth - root.clientWidth; })()";
            assert_eq!(browser.value(all), 0, "{name} at {width}: so much sticks out");
            let ground = browser.value("getComputedStyle(document.body).backgroundColor");
            let dark = ground == "rgb(20, 21, 24)";
            assert_eq!(dark, scheme == "dark", "{name} at {width}: {ground}");
        }
    }
}

#[test]
fn paper_has_all_of_it_without_a_script() {
    let desk = Desk::new();
    let folded = emptied(&vostochny(), "script");
    let unfolded = folded.replace("<details ", "<details open=\"open\" ");
    let pages = |name: &str, page: &str| {
        let (path, pdf) = (desk.write(&format!("{name}.html"), page), desk.path(&format!("{name}.pdf")));
        chromium(&path, &[&format!("--print-to-pdf={}", pdf.display())])?;
        let pdf = fs::read(&pdf).expect("a file is printed");
        let number = pdf.windows(b"/Type /Page\n".len()).filter(|w| w == b"/Type /Page\n").count();
        assert!(number > 0);
        Some((number, pdf.len()))
    };
    let (Some(folded), Some(unfolded)) = (pages("folded", &folded), pages("unfolded", &unfolded)) else { return };
    // The reasons take most of the paper: were they left out, the file would be much shorter.
    assert_eq!(folded.0, unfolded.0, "as many pages as when all is unfolded");
    assert!(folded.1.abs_diff(unfolded.1) < unfolded.1 / 100, "{folded:?} {unfolded:?}");
    assert!(folded.0 >= 6, "{folded:?}");
}
