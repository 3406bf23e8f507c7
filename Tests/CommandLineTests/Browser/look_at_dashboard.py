"""Looks at the dashboard with a headless Chromium and prints as JSON what it saw.

    python3 look_at_dashboard.py URL RUN DIRECTORY

Speaks the DevTools protocol over a pair of pipes, so that nothing but Python and Chromium is needed.
Pictures of the pages go to DIRECTORY.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, profile):
        to_read, self.to = os.pipe()
        self.back, from_write = os.pipe()
        command = [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-dev-shm-usage", "--disable-background-networking", "--hide-scrollbars",
            "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank",
        ]
        # Chromium reads from descriptor 3 and writes to 4.
        shell = ["sh", "-c", f'exec 3<&{to_read} 4>&{from_write}; exec "$@"', "sh"]
        self.process = subprocess.Popen(
            shell + command, pass_fds=(to_read, from_write), stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number, self.buffer, self.session, self.complaints = 0, b"", None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        """The result of a method."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.note(answer)

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.back, 1 << 20)
            if not part:
                raise RuntimeError("Chromium ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def note(self, event):
        """Keeps what a console would show as an error, and requests that leave the server."""
        kind, details = event.get("method"), event.get("params", {})
        if kind == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(details["exceptionDetails"])[:500])
        elif kind == "Runtime.consoleAPICalled" and details["type"] in ("error", "warning", "assert"):
            self.complaints.append(str([one.get("value") for one in details["args"]]))
        elif kind == "Log.entryAdded" and details["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{details['entry']['text']} {details['entry'].get('url', '')}")
        elif kind == "Network.requestWillBeSent":
            address = details["request"]["url"]
            if not address.startswith((self.home, "data:")):
                self.complaints.append(f"asked for {address}")

    home = "about:"

    def value(self, script):
        """The value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def until(self, script, seconds=60):
        """The value of an expression once it is true."""
        deadline = time.monotonic() + seconds
        while not (found := self.value(script)):
            if time.monotonic() > deadline:
                page = self.value("document.body.innerText")
                raise RuntimeError(f"not within {seconds} s: {script}\n{page}")
            time.sleep(0.05)
        return found

    def picture(self, path, width, height, dark=False, whole=False):
        """A picture of the page on a screen of that size."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
            mobile=width < 600)
        time.sleep(0.5)
        fits = self.value("document.documentElement.scrollWidth <= innerWidth")
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
        return fits

    def end(self):
        self.process.kill()
        self.process.wait()


def look(browser, url, run, directory):
    """What the pages show, as the names of checks and what they found."""
    browser.home = url
    seen = {}
    browser.call("Page.navigate", url=url)
    browser.until("document.querySelector('#status')?.textContent === 'live'")
    row = f"[...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes('{run}'))"
    first = browser.until(f"{row}?.innerText")
    seen["live"] = browser.until(f"{row}.innerText !== {json.dumps(first)}")
    seen["fits"] = [
        browser.picture(f"{directory}/queue-light.png", 1280, 900),
        browser.picture(f"{directory}/queue-dark.png", 1280, 900, dark=True),
        browser.picture(f"{directory}/queue-phone.png", 390, 844),
    ]
    browser.value(f"location.hash = '#/run/{run}'")
    browser.until("!!document.querySelector('.chart canvas') && !!document.querySelector('h1')")
    browser.until("document.querySelector('.partition')?.naturalWidth > 0")
    seen["fits"] += [
        browser.picture(f"{directory}/run-light.png", 1280, 1000),
        browser.picture(f"{directory}/run-dark.png", 1280, 1000, dark=True),
        browser.picture(f"{directory}/run-phone.png", 390, 844),
    ]
    browser.value("location.hash = '#/compare'")
    browser.until("!!document.querySelector('.scatter circle') && !!document.querySelector('.chart canvas')")
    seen["fits"].append(browser.picture(f"{directory}/compare-light.png", 1280, 900))
    # Everything that acts can be reached by the keyboard and has a name.
    seen["nameless"] = browser.value(
        "[...document.querySelectorAll('a, button, input, select, img')]"
        ".filter(one => one.checkVisibility() && !(one.innerText"
        " || one.ariaLabel || one.alt || one.labels?.[0]?.innerText || one.getAttribute('alt') === ''"
        " || one.textContent)).map(one => one.outerHTML)")
    seen["unreachable"] = browser.value(
        "[...document.querySelectorAll('[onclick], [role=button]')].map(one => one.outerHTML)")
    seen["language"] = browser.value("document.documentElement.lang")
    seen["complaints"] = browser.complaints
    return seen


def main():
    url, run, directory = sys.argv[1:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            print(json.dumps(look(browser, url, run, directory)))
        finally:
            browser.end()


main()
