// HostileAlertTests: whatever an alert's texts and the notes on it hold, the screen stays a screen.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct HostileAlertTests {
    private static let texts = [
        "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m", "\u{202E}desrever\u{2066}\u{061C}",
        "a\u{200B}b\u{2060}c\u{FEFF}d\u{E0041}e\u{00AD}f",
        "one\u{2028}two\u{2029}three\r\nfour\u{85}five",
        String(repeating: "x\u{301}", count: 5_000), String(repeating: "long ", count: 2_000),
    ]

    private func world(_ text: String) -> World {
        var alert = Alarm.critical
        alert.name = "Down" + text
        alert.annotations = Labels([
            "summary": text, "description": text, "runbook_url": text, "x" + text: text,
        ])
        alert.labels = Labels(["alertname": "Down", "service": "payment", "zone": text])
        var ledger = AlertLedger(
            "Down", [:],
            [
                (600, .ana, .fires), (610, .ana, .noted(text)),
                (640, Person(user: text, host: text), .has(until: 2200, note: text)),
            ])
        ledger.fingerprint = alert.fingerprint
        var world = incident(then: [(646, .store(.listed(ledgers: [ledger], mutes: [])))])
        world.conclude(AlertReport(alerts: [alert], rules: Alarm.rules))
        return world
    }

    @Test(arguments: texts, [Size.small, .large, .folded])
    func `on the card, in lists, questions and records nothing of it is left that acts`(
        text: String, size: Size
    ) {
        let world = world(text)
        var ui = UIState()
        ui.viewer = .ana
        for key in ["", "7", "a", "\u{1B}", "\r", "G", "d", "G"] {
            if let character = key.first {
                let typed: Key =
                    character == "\r"
                    ? .enter : character == "\u{1B}" ? .escape : .character(character)
                _ = ui.update(.key(typed), world: world, size: size)
            }
            let shown = Screen.draw(world, ui, size: size).text
            #expect(!shown.unicodeScalars.contains { $0.acts }, "after \(key.debugDescription)")
            #expect(shown.contains("PRODUCTION"))
        }
    }
}

extension Unicode.Scalar {
    /// It moves the cursor, turns the direction, or is not seen.
    fileprivate var acts: Bool {
        switch properties.generalCategory {
        case .control: self != "\n"
        case .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
