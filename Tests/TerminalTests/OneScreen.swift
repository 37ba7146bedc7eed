import Drawing
import Testing

@testable import Terminal

/// The process has one ncurses screen and one UI loop: what uses them is one test after another.
@Suite(.serialized, .timeLimit(.minutes(5))) struct OneScreen {}

extension Surroundings {
    /// A terminal as tests want it; nothing of the machine's own.
    init(term: String = "xterm-256color", _ variables: [String: String] = [:]) {
        let all = variables.merging(["TERM": term]) { given, _ in given }
        self.init { all[$0] }
    }
}

extension Theme {
    /// Colours that are easy to find in a stream of bytes.
    static let plain = Theme(
        name: "plain", summary: "for tests",
        looks: [
            .critical: Look(.rgb(red: 0xFF, green: 0x6B, blue: 0x61), bold: true),
            .warning: Look(.rgb(red: 0xF2, green: 0xB1, blue: 0x55)),
            .ok: Look(.indexed(2)), .muted: Look(.standard, dim: true),
            .heat6: Look(.rgb(red: 0xFF, green: 0, blue: 0)),
        ],
        grounds: [
            .selection: .rgb(red: 0x22, green: 0x33, blue: 0x44),
            .heat1: .rgb(red: 0, green: 0, blue: 0xFF),
        ])
}

/// Escape sequences as `\e…`, each at the start of a line.
func readable(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
        .replacing("\r", with: "\\r").replacing("\n", with: "\\n").replacing("\u{7}", with: "\\a")
        .replacing("\u{1B}", with: "\n\\e")
}
