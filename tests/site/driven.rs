//! A page that is driven as a person would: headless Chromium over its debugging pipe, with real clicks and keys.
//!
//! Everything that a page does wrong is noted: errors on its console, what its policy refuses, what it asks of other hosts.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take; machines that do other work are slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// A page in a browser, ended when dropped.
pub(crate) struct Driven {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: Option<String>,
    last: u64,
    host: String,
    faults: Vec<String>,
    requests: usize,
    _profile: tempfile::TempDir,
}

impl Driven {
    /// Opens an empty page of a width in pixels, which may ask one host alone.
    pub(crate) fn open(browser: &Path, host: &str, width: u32) -> Self {
        let profile = tempfile::tempdir().unwrap();
        // the browser reads its orders from the third and answers to the fourth
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(out).split(0) {
                let Ok(message) = message else { break };
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    break;
                }
            }
        });
        let mut page = Self {
            child,
            to,
            from,
            session: None,
            last: 0,
            host: host.to_owned(),
            faults: Vec::new(),
            requests: 0,
            _profile: profile,
        };
        let target = page.order("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = page.order("Target.attachToTarget", &json!({ "targetId": target["targetId"], "flatten": true }));
        page.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.order(&format!("{domain}.enable"), &json!({}));
        }
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        page.order("Emulation.setDeviceMetricsOverride", &metrics);
        page
    }

    /// Gives an order to the browser; what it answers.
    fn order(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.from.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{method}: no answer"));
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.note(&answer);
        }
    }

    /// Notes what goes wrong.
    fn note(&mut self, event: &Value) {
        let told = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => self.faults.push(told["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled" if ["error", "warning"].contains(&told["type"].as_str().unwrap_or_default()) => {
                self.faults.push(told["args"].to_string());
            }
            "Log.entryAdded" if told["entry"]["level"] != "verbose" => self.faults.push(told["entry"].to_string()),
            "Network.requestWillBeSent" => {
                self.requests += 1;
                let url = told["request"]["url"].as_str().unwrap_or_default();
                let own = format!("http://{}/", self.host);
                if !url.starts_with(&own) && !url.starts_with(&format!("blob:{own}")) {
                    self.faults.push(format!("asks {url}"));
                }
            }
            _ => {}
        }
    }

    /// Goes to an address of the host.
    pub(crate) fn go(&mut self, path: &str) {
        let url = format!("http://{}{path}", self.host);
        self.order("Page.navigate", &json!({ "url": url }));
        self.wait(&format!("document.readyState === 'complete' && location.href.includes({:?})", self.host));
    }

    /// What an expression gives in the page.
    pub(crate) fn ask(&mut self, expression: &str) -> Value {
        let wanted = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let given = self.order("Runtime.evaluate", &wanted);
        assert!(given["exceptionDetails"].is_null(), "{expression}: {}", given["exceptionDetails"]);
        given["result"]["value"].clone()
    }

    /// Waits until an expression holds in the page.
    pub(crate) fn wait(&mut self, expression: &str) {
        let since = Instant::now();
        let guarded = format!("(() => {{ try {{ return Boolean({expression}) }} catch {{ return false }} }})()");
        while self.ask(&guarded) != true {
            assert!(since.elapsed() < PATIENCE, "never: {expression}\n{:?}", self.faults);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks at a place, after moving there.
    pub(crate) fn click_at(&mut self, x: f64, y: f64) {
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            self.mouse(kind, [x, y], buttons);
        }
    }

    /// Drags from one place to another.
    pub(crate) fn drag(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.mouse("mouseMoved", from, 0);
        self.mouse("mousePressed", from, 1);
        for part in 1..=10 {
            let at = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * f64::from(part) / 10.0);
            self.mouse("mouseMoved", at, 1);
        }
        self.mouse("mouseReleased", to, 0);
    }

    fn mouse(&mut self, kind: &str, [x, y]: [f64; 2], buttons: u8) {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.order("Input.dispatchMouseEvent", &event);
    }

    /// Clicks on the first element that a selector finds.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.ask(&format!(
            "(() => {{ const one = document.querySelector({selector:?}); one.scrollIntoView({{ block: 'center', behavior: 'instant' }}); \
             const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        self.click_at(place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    }

    /// Types a text where the cursor is, key by key.
    pub(crate) fn write(&mut self, text: &str) {
        for char in text.chars() {
            self.order("Input.dispatchKeyEvent", &json!({ "type": "char", "text": char.to_string() }));
        }
    }

    /// Presses a key; `modifiers` as the protocol counts them, 2 for Ctrl.
    pub(crate) fn press(&mut self, key: &str, code: u32, modifiers: u32) {
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            self.order("Input.dispatchKeyEvent", &event);
        }
    }

    /// What went wrong so far, after the browser had time to say it, and how much was asked for.
    pub(crate) fn faults(&mut self) -> (&[String], usize) {
        std::thread::sleep(Duration::from_millis(200));
        self.ask("1");
        (&self.faults, self.requests)
    }

    /// What is too wide for the page, and what axe-core finds grave, where its source is given.
    pub(crate) fn hindrances(&mut self, axe: Option<&str>) -> Vec<String> {
        let mut found = Vec::new();
        let wide = self.ask("document.documentElement.scrollWidth - innerWidth");
        if wide.as_f64().unwrap() > 0.0 {
            found.push(format!("too wide by {wide}"));
        }
        let Some(axe) = axe else { return found };
        self.ask(&format!("{axe}\n; 1"));
        let told = self.ask(
            "axe.run({ preload: false }).then(({ violations }) => violations.filter(one => ['serious', 'critical'].includes(one.impact)) \
             .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | ')))",
        );
        found.extend(told.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()));
        found
    }
}

impl Drop for Driven {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
