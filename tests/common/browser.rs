//! A real browser that is told what to do over a pipe, in the words of its own debugging protocol.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// What keeps it from the network and from what it kept before.
pub const OPTIONS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A Chromium without a window.
pub struct Browser {
    child: Child,
    tell: ChildStdin,
    hear: BufReader<ChildStdout>,
    number: usize,
    session: Option<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// None, with a line that says so, if there is no Chromium.
    pub fn start() -> Option<Self> {
        let profile = tempfile::tempdir().unwrap();
        // The browser reads commands at descriptor 3 and answers at 4.
        let script = "exec chromium \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        let mut child = Command::new("sh")
            .args(["-c", &format!("command -v chromium >/dev/null || exit 127; {script}"), "sh"])
            .args(OPTIONS)
            .arg("--remote-debugging-pipe")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, hear) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut browser = Self { child, tell, hear, number: 0, session: None, _profile: profile };
        let Some(targets) = browser.ask("Target.getTargets", json!({})) else {
            let _ = writeln!(std::io::stderr(), "skipped: `chromium` cannot be run");
            return None;
        };
        let pages = targets["targetInfos"].as_array().unwrap();
        let page = pages.iter().find(|t| t["type"] == "page").expect("an empty page")["targetId"].clone();
        let attached = browser.ask("Target.attachToTarget", json!({"targetId": page, "flatten": true})).unwrap();
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        Some(browser)
    }

    /// The answer to a command; none if the browser is gone.
    pub fn ask(&mut self, method: &str, params: Value) -> Option<Value> {
        self.number += 1;
        let mut command = json!({"id": self.number, "method": method, "params": params});
        if let Some(session) = &self.session {
            command["sessionId"] = session.as_str().into();
        }
        self.tell.write_all(format!("{command}\0").as_bytes()).ok()?;
        loop {
            let mut message = Vec::new();
            self.hear.read_until(0, &mut message).ok()?;
            let message: Value = serde_json::from_slice(message.strip_suffix(b"\0")?).unwrap();
            if message["id"] == self.number {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return Some(message["result"].clone());
            }
        }
    }

    /// What an expression comes to in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true});
        self.ask("Runtime.evaluate", asked).unwrap()["result"]["value"].clone()
    }

    /// As wide as a screen of so many points, light or dark.
    pub fn looks(&mut self, width: usize, height: usize, scheme: &str) {
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.ask("Emulation.setDeviceMetricsOverride", screen).unwrap();
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.ask("Emulation.setEmulatedMedia", features).unwrap();
    }

    /// Shows a page until it is whole.
    pub fn show(&mut self, page: &Path) {
        let address = format!("file://{}", page.display());
        self.ask("Page.navigate", json!({"url": address})).unwrap();
        let begun = Instant::now();
        let done = "location.protocol === 'file:' && document.readyState === 'complete' && performance.getEntriesByType('paint').length > 0";
        while self.value(done) != Value::Bool(true) {
            assert!(begun.elapsed() < Duration::from_secs(60), "the page is not shown");
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.ask("Browser.close", json!({}));
        let _ = self.child.wait();
    }
}
